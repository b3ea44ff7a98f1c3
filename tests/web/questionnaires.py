"""The questionnaires of these tests, as an author writes them."""

# One question of every kind, two of them for some people only.
EVERY_KIND = """
id: alle-arten
version: 1.0.0
audience: young_people
languages: [de, en, ar]
title: {de: Wie war’s?, en: How was it?}
minutes: 3
licence: {class: A, holder: Mitreden}
scales:
  agreement:
    options:
      - {code: 1, text: {de: stimmt gar nicht, en: not true at all}}
      - {code: 2, text: {de: stimmt eher nicht, en: rather not true}}
      - {code: 3, text: {de: teils/teils, en: partly}}
      - {code: 4, text: {de: stimmt eher, en: rather true}}
      - {code: 5, text: {de: stimmt genau, en: exactly true}}
    positive: [4, 5]
    coarse: [[1, 2], [3], [4, 5]]
    refusal: true
sections:
  - id: angebot
    title: {de: Das Angebot, en: The activity}
    introduction: {de: Denk an die ganze Zeit zurück., en: Think of the whole time.}
    questions:
      - id: k1
        kind: rating
        scale: agreement
        core: K1
        text: {de: Das Angebot hat mir insgesamt gefallen., en: I liked the activity overall.}
      - id: aendern
        kind: open_text
        max_length: 60
        show_if: {question: k1, at_most: 3}
        text: {de: Was sollen wir ändern?, en: What should we change?}
      - id: gefallen
        kind: multiple_choice
        maximum: 2
        text: {de: Was hat dir gefallen?, en: What did you like?}
        options:
          - {code: gruppe, text: {de: die Gruppe, en: the group}}
          - {code: themen, text: {de: die Themen, en: the topics}}
          - {code: ort, text: {de: der Ort, en: the place}}
          - {code: nichts, text: {de: nichts davon, en: none of these}, exclusive: true}
      - id: tage
        kind: number
        maximum: 10
        unit: {de: Tage, en: days}
        text: {de: Wie viele Tage warst du dabei?, en: How many days were you there?}
  - id: person
    title: {de: Du, en: You}
    questions:
      - id: medien
        kind: battery
        scale: agreement
        text: {de: Wie gut passt das auf dich?, en: How well does this describe you?}
        items:
          - {id: m1, text: {de: Ich erkenne Werbung im Netz., en: I recognise ads online.}}
          - {id: m2, text: {de: Ich kann mein Handy weglegen., en: I can put my phone away.}}
      - id: zufrieden
        kind: ladder
        sensitivity: C
        text: {de: Wie zufrieden bist du zurzeit mit deinem Leben?, en: How happy are you with your life?}
        lowest: {de: gar nicht zufrieden, en: not at all}
        highest: {de: völlig zufrieden, en: completely}
      - id: alter
        kind: single_choice
        refusal: true
        text: {de: Wie alt bist du?, en: How old are you?}
        options:
          - {code: u14, text: {de: 13 oder jünger, en: 13 or younger}}
          - {code: a14, text: {de: 14 oder 15, en: 14 or 15}}
          - {code: a16, text: {de: 16 oder älter, en: 16 or older}}
      - id: hilfe
        kind: single_choice
        show_if: {question: alter, one_of: [a14, a16]}
        text: Weißt du, wo du Hilfe findest?
        options:
          - {code: ja, text: {de: ja, en: 'yes'}}
          - {code: nein, text: {de: nein, en: 'no'}}
"""

# The other kinds: rows of fields, statements twice, information; with faces and a voice's wording.
NEW_KINDS = """
id: neue-arten
version: 1.0.0
audience: young_people
languages: [de, en]
title: Neue Arten
minutes: 3
licence: {class: A, holder: Mitreden}
scales:
  agreement:
    options:
      - {code: 1, text: stimmt nicht, face: sad}
      - {code: 2, text: teils/teils, spoken: teils und teils, face: neutral}
      - {code: 3, text: stimmt, face: happy}
    refusal: true
sections:
  - id: eins
    questions:
      - {id: los, kind: information, text: Jetzt geht es los., picture: talk}
      - id: wichtig
        kind: ranking
        text: Was war dir wichtig?
        options:
          - {code: spiele, text: die Spiele}
          - {code: essen, text: das Essen}
          - {code: reden, text: das Reden}
      - id: geld
        kind: dots
        points: 3
        text: Wofür?
        options:
          - {code: sport, text: Sport}
          - {code: musik, text: Musik}
      - {id: sport, kind: open_text, text: Welcher Sport?, show_if: {question: geld__sport, at_least: 2}}
      - id: gesundheit
        kind: then_now
        scale: agreement
        text: Vorher und jetzt
        then: Denk an die Zeit davor.
        now: Und jetzt?
        items:
          - {id: g3, text: Ich weiß Rat.}
          - {id: g7, text: Ich frage nach.}
      - {id: hilfe, kind: information, text: Rede mit jemandem., help_card: true}
"""

# A questionnaire that waits for its questions: each is a line.
HEAD = """
id: wege
version: 1.0.0
audience: young_people
languages: [de]
title: Wege
minutes: 4
licence: {class: A, holder: Mitreden}
scales:
  five: {options: [{code: 1, text: eins}, {code: 2, text: zwei}, {code: 3, text: drei}]}
sections:
  - id: fragen
    questions:
"""
