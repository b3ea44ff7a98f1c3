"""A questionnaire with one question of every kind, as long and as foreign as they get.

In all six languages and in easy German, with everything a kind can bring along: hints, conditions,
faces, a picture, a unit, an answer that excludes the others, a refusal. The pages of a phone are
looked at with it (pages_of_a_phone.py).
"""

TOUR = """
id: rundgang
version: 1.0.0
audience: young_people
languages: [de, en, tr, ar, uk, ru]
easy_language: {tested: true, by: Prüfgruppe Beispiel, on: '2026-11-01'}
title:
  de: Wie war’s in deinem Sommercamp?
  en: How was your summer camp?
  tr: Yaz kampın nasıldı?
  ar: كيف كان مخيّمك الصيفي؟
  uk: Як пройшов твій літній табір?
  ru: Как прошёл твой летний лагерь?
introduction:
  de: Wir wollen das Camp mit euch besser machen.
  en: We want to make the camp better together with you.
  tr: Kampı sizinle birlikte daha iyi yapmak istiyoruz.
  ar: نريد أن نجعل المخيّم أفضل معكم.
  uk: Ми хочемо зробити табір кращим разом з вами.
  ru: Мы хотим сделать лагерь лучше вместе с вами.
minutes: 4
licence: {class: A, holder: Mitreden}
scales:
  agreement:
    options:
      - code: 1
        face: very_sad
        text: {de: stimmt gar nicht, en: not true at all, tr: hiç doğru değil, ar: غير صحيح إطلاقًا, uk: зовсім неправда, ru: совсем неправда}
        easy: {de: nein}
      - code: 2
        face: sad
        text: {de: stimmt eher nicht, en: rather not true, tr: pek doğru değil, ar: غير صحيح نوعًا ما, uk: скоріше неправда, ru: скорее неправда}
        easy: {de: eher nein}
      - code: 3
        face: neutral
        text: {de: teils/teils, en: partly, tr: kısmen, ar: جزئيًا, uk: частково, ru: отчасти}
        easy: {de: halb und halb}
        spoken: {de: teils und teils}
      - code: 4
        face: happy
        text: {de: stimmt eher, en: rather true, tr: oldukça doğru, ar: صحيح نوعًا ما, uk: скоріше правда, ru: скорее правда}
        easy: {de: eher ja}
      - code: 5
        face: very_happy
        text: {de: stimmt genau, en: exactly true, tr: tamamen doğru, ar: صحيح تمامًا, uk: цілковита правда, ru: полностью правда}
        easy: {de: ja}
    positive: [4, 5]
    coarse: [[1, 2], [3], [4, 5]]
    refusal: true
sections:
  - id: angebot
    title: {de: Das Angebot, en: The activity, tr: Etkinlik, ar: النشاط, uk: Захід, ru: Мероприятие}
    introduction:
      de: Denk an die ganze Zeit zurück, nicht nur an den letzten Tag.
      en: Think of the whole time, not just of the last day.
      tr: Sadece son günü değil, bütün zamanı düşün.
      ar: فكّر في الوقت كله، وليس في اليوم الأخير فقط.
      uk: Згадай увесь час, а не лише останній день.
      ru: Вспомни всё время, а не только последний день.
    questions:
      - id: los
        kind: information
        picture: talk
        easy: {de: Jetzt geht es um das Camp.}
        text:
          de: Jetzt geht es um das Camp.
          en: This part is about the camp.
          tr: Bu bölüm kampla ilgili.
          ar: هذا الجزء عن المخيّم.
          uk: Ця частина про табір.
          ru: Эта часть о лагере.
      - id: k1
        kind: rating
        scale: agreement
        core: K1
        easy: {de: Das Camp war gut.}
        text:
          de: Das Angebot hat mir insgesamt gefallen.
          en: I liked the activity overall.
          tr: Etkinlik genel olarak hoşuma gitti.
          ar: أعجبني النشاط بشكل عام.
          uk: Загалом захід мені сподобався.
          ru: В целом мероприятие мне понравилось.
      - id: aendern
        kind: open_text
        max_length: 60
        show_if: {question: k1, at_most: 3}
        hint:
          de: Ein Satz genügt.
          en: One sentence is enough.
          tr: Bir cümle yeter.
          ar: جملة واحدة تكفي.
          uk: Достатньо одного речення.
          ru: Достаточно одного предложения.
        easy: {de: Was sollen wir ändern?}
        text:
          de: Was sollen wir ändern?
          en: What should we change?
          tr: Neyi değiştirelim?
          ar: ماذا علينا أن نغيّر؟
          uk: Що нам змінити?
          ru: Что нам изменить?
      - id: gefallen
        kind: multiple_choice
        maximum: 2
        text: {de: Was hat dir gefallen?, en: What did you like?, tr: Neler hoşuna gitti?, ar: ما الذي أعجبك؟, uk: Що тобі сподобалося?, ru: Что тебе понравилось?}
        easy: {de: Was war gut?}
        options:
          - {code: gruppe, text: {de: die Gruppe, en: the group, tr: grup, ar: المجموعة, uk: група, ru: группа}}
          - {code: themen, text: {de: die Themen, en: the topics, tr: konular, ar: المواضيع, uk: теми, ru: темы}}
          - {code: nichts, text: {de: nichts davon, en: none of these, tr: hiçbiri, ar: لا شيء من ذلك, uk: нічого з цього, ru: ничего из этого}, exclusive: true}
      - id: tage
        kind: number
        maximum: 10
        unit: {de: Tage, en: days, tr: gün, ar: أيام, uk: днів, ru: дней}
        text: {de: Wie viele Tage warst du dabei?, en: How many days were you there?, tr: Kaç gün oradaydın?, ar: كم يومًا كنت هناك؟, uk: Скільки днів ти там був чи була?, ru: Сколько дней ты там был или была?}
      - id: wichtig
        kind: ranking
        text: {de: Was war dir am wichtigsten?, en: What mattered most to you?, tr: Senin için en önemlisi neydi?, ar: ما الأهم بالنسبة لك؟, uk: Що було для тебе найважливішим?, ru: Что было для тебя самым важным?}
        options:
          - {code: spiele, text: {de: die Geländespiele, en: the outdoor games, tr: açık hava oyunları, ar: ألعاب الهواء الطلق, uk: ігри на природі, ru: игры на природе}}
          - {code: essen, text: {de: das Essen, en: the food, tr: yemek, ar: الطعام, uk: їжа, ru: еда}}
      - id: geld
        kind: dots
        points: 5
        text: {de: Wofür sollen wir das Geld ausgeben?, en: What should we spend the money on?, tr: Parayı neye harcayalım?, ar: على ماذا ننفق المال؟, uk: На що витратити гроші?, ru: На что потратить деньги?}
        options:
          - {code: sport, text: {de: Sport, en: sports, tr: spor, ar: الرياضة, uk: спорт, ru: спорт}}
          - {code: musik, text: {de: Musik, en: music, tr: müzik, ar: الموسيقى, uk: музика, ru: музыка}}
  - id: person
    title: {de: Du, en: You, tr: Sen, ar: أنت, uk: Ти, ru: Ты}
    questions:
      - id: medien
        kind: battery
        scale: agreement
        text: {de: Wie gut passt das auf dich?, en: How well does this describe you?, tr: Bu seni ne kadar iyi anlatıyor?, ar: إلى أي حدّ ينطبق هذا عليك؟, uk: Наскільки це про тебе?, ru: Насколько это про тебя?}
        items:
          - {id: m1, text: {de: Ich erkenne Werbung im Netz., en: I recognise ads online., tr: İnternetteki reklamları fark ederim., ar: أميّز الإعلانات على الإنترنت., uk: Я розпізнаю рекламу в мережі., ru: Я узнаю рекламу в сети.}}
          - {id: m2, text: {de: Ich kann mein Handy weglegen., en: I can put my phone away., tr: Telefonumu bırakabilirim., ar: أستطيع ترك هاتفي جانبًا., uk: Я можу відкласти телефон., ru: Я могу отложить телефон.}}
      - id: gesundheit
        kind: then_now
        scale: agreement
        text: {de: Vorher und jetzt, en: Before and now, tr: Önce ve şimdi, ar: قبل والآن, uk: Раніше й тепер, ru: Раньше и теперь}
        then: {de: Denk an die Zeit vor dem Camp., en: Think of the time before the camp., tr: Kamptan önceki zamanı düşün., ar: فكّر في الوقت قبل المخيّم., uk: Згадай час до табору., ru: Вспомни время до лагеря.}
        now: {de: Und jetzt?, en: And now?, tr: Ya şimdi?, ar: والآن؟, uk: А тепер?, ru: А теперь?}
        items:
          - {id: g3, text: {de: 'Ich weiß, wo ich Rat bekomme.', en: I know where to get advice., tr: Nereden öğüt alacağımı bilirim., ar: أعرف أين أحصل على النصيحة., uk: 'Я знаю, де отримати пораду.', ru: 'Я знаю, где получить совет.'}}
      - id: zufrieden
        kind: ladder
        sensitivity: C
        refusal: true
        text: {de: Wie zufrieden bist du zurzeit mit deinem Leben?, en: How happy are you with your life at the moment?, tr: Şu sıralar hayatından ne kadar memnunsun?, ar: ما مدى رضاك عن حياتك حاليًا؟, uk: Наскільки ти зараз задоволений чи задоволена своїм життям?, ru: Насколько ты сейчас доволен или довольна своей жизнью?}
        lowest: {de: gar nicht zufrieden, en: not at all, tr: hiç memnun değilim, ar: غير راضٍ إطلاقًا, uk: зовсім не задоволений, ru: совсем не доволен}
        highest: {de: völlig zufrieden, en: completely, tr: tamamen memnunum, ar: راضٍ تمامًا, uk: цілком задоволений, ru: полностью доволен}
      - id: alter
        kind: single_choice
        refusal: true
        text: {de: Wie alt bist du?, en: How old are you?, tr: Kaç yaşındasın?, ar: كم عمرك؟, uk: Скільки тобі років?, ru: Сколько тебе лет?}
        options:
          - {code: u14, text: {de: 13 oder jünger, en: 13 or younger, tr: 13 ya da daha küçük, ar: 13 أو أصغر, uk: 13 або менше, ru: 13 или младше}}
          - {code: a14, text: {de: 14 oder älter, en: 14 or older, tr: 14 ya da daha büyük, ar: 14 أو أكبر, uk: 14 або більше, ru: 14 или старше}}
      - id: offen
        kind: single_choice
        text: Diese Frage gibt es nur auf Deutsch. Verstehst du sie?
        options:
          - {code: ja, text: ja}
          - {code: nein, text: nein}
      - id: rat
        kind: information
        help_card: true
        text: {de: Du kannst mit jemandem reden., en: You can talk to somebody., tr: Biriyle konuşabilirsin., ar: يمكنك التحدّث مع شخص ما., uk: Ти можеш з кимось поговорити., ru: Ты можешь с кем-то поговорить.}
"""
