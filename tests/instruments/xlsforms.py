"""XLSForms as people write them; each becomes a questionnaire that can be asked."""

from tests.instruments.spreadsheets import xlsx

# A holiday camp, as KoboToolbox exports it: two languages, groups, a likert scale.
FERIENCAMP = xlsx(
    survey="""
type            | name   | label::Deutsch (de)         | label::English (en)       | hint::Deutsch (de) | required | relevant         | appearance
start           | start  |                             |                           |                    |          |                  |
begin_group     | woche  | Die Woche                   | The week                  |                    |          |                  | field-list
select_one z5   | spass  | Ich hatte Spaß.             | I had fun.                |                    | true     |                  | likert
select_one z5   | gruppe | Die Gruppe war nett.        | The group was nice.       |                    | true     |                  | likert
text            | besser | Was sollen wir ändern?      | What should we change?    | Ein Satz genügt.   | false    | ${spass} <= 2    | multiline
end_group       |        |                             |                           |                    |          |                  |
note            | danke  | Danke, dass du dabei warst! | Thank you for being here! |                    |          |                  |
""",
    choices="""
list_name | name | label::Deutsch (de) | label::English (en)
z5        | #1   | stimmt gar nicht    | not true at all
z5        | #2   | stimmt eher nicht   | rather not true
z5        | #3   | teils, teils        | partly
z5        | #4   | stimmt eher         | rather true
z5        | #5   | stimmt genau        | exactly true
""",
    settings="""
form_title       | form_id      | version | default_language
Wie war’s: Camp? | Ferien Camp! | 1.2.0   | Deutsch (de)
""",
)

# English only, in the old spelling of headers and types.
OLD_STYLE = xlsx(
    survey="""
Type                            | Name | Caption           | Relevance        | Constraint            | Read only
begin group                     | main | Your day          |                  |                       |
INT                             | age  | How old are you?  |                  | . >= 10 and . <= 25   | no
select one from yes_no          | club | In a club?        | ${age} > 12      |                       |
Select  multiple   sports       | what | Which sports?     | ${club} = 'yes'  | count-selected(.) < 3 |
string                          | why  | Why?              | not(selected(${what}, 'none')) and ${club} = 'yes' | string-length(.) <= 120 |
end group                       |      |                   |                  |                       |
""",
    choices="""
List Name | Value | Caption
yes_no    | yes   | Yes
yes_no    | no    | No
sports    | ball  | Ball games
sports    | run   | Running
sports    | none  | None
""",
)

# Four languages, one of them without its code; Arabic is written from right to left.
VIELE_SPRACHEN = xlsx(
    survey="""
type           | name | label::Deutsch (de) | label::Türkçe      | label::العربية (ar)   | label::Klingon | label::English (en)
select_one ort | ort  | Wo warst du?        | Neredeydin?        | أين كنت؟              | nuqDaq?        | Where were you?
text           | gut  | Was war gut?        | Ne iyiydi?         | ما الذي كان جيدا؟     |                |
""",
    choices="""
list_name | name | label::Deutsch (de) | label::Türkçe | label::العربية (ar) | label::English (en)
ort       | see  | am See              | gölde         | عند البحيرة         | at the lake
ort       | wald | im Wald             | ormanda       | في الغابة           | in the forest
""",
)

# Ranges, integers and decimals.
ZAHLEN = xlsx(
    survey="""
type    | name    | label                       | parameters              | constraint         | appearance
range   | leben   | Wie zufrieden bist du?      | start=0 end=10 step=1   |                    |
range   | note    | Welche Note gibst du?       | start=1 end=6           |                    | vertical
range   | stern   | Wie viele Sterne?           | start=1;end=5;step=1    |                    |
range   | gleich  | Wie war die Stimmung?       | start=-2 end=2 step=1   |                    |
range   | prozent | Wie viel Prozent?           | start=0 end=100 step=5  |                    |
range   | halb    | In halben Schritten?        | start=0 end=5 step=0.5  |                    |
integer | stunden | Wie viele Stunden?          |                         | . >= 0 and . <= 24 |
integer | buecher | Wie viele Bücher?           |                         |                    |
integer | grad    | Wie viel Grad?              |                         | . >= -10 and . < 40 |
decimal | liter   | Wie viele Liter Wasser?     |                         | . > 0 and . <= 9.5 |
""",
)

# Groups in groups, each with a condition.
GRUPPEN = xlsx(
    survey="""
type              | name   | label          | hint                  | relevant
select_one janein | dabei  | Warst du da?   |                       |
begin group       | aussen | Das Angebot    | Denk an letzte Woche. | ${dabei} = 'ja'
select_one janein | spass  | Hat es gepasst?|                       |
begin group       | innen  | Der Ausflug    |                       | ${spass} = 'ja'
text              | wohin  | Wohin ging es? |                       |
end group         |        |                |                       |
integer           | tage   | Wie viele Tage?|                       | ${spass} = 'nein'
end group         |        |                |                       |
text              | rest   | Noch etwas?    |                       |
""",
    choices="""
list_name | name | label
janein    | ja   | Ja
janein    | nein | Nein
""",
)

# Other answers, an order, answers that stand alone.
AUSWAHL = xlsx(
    survey="""
type                              | name   | label::de            | label::en        | constraint
select_one snack or_other         | snack  | Was isst du gern?    | Favourite snack? |
select_multiple snack or_other    | snacks | Was gab es?          | What was there?  |
rank snack                        | folge  | Was zuerst?          | What first?      |
select_multiple gut               | gut    | Was war gut?         | What was good?   | not(selected(., 'nichts') and count-selected(.) > 1)
select_one wetter                 | wetter | Wie war das Wetter?  | The weather?     |
acknowledge                       | ok     | Ich mache mit.       | I take part.     |
""",
    choices="""
list_name | name   | label::de | label::en
snack     | obst   | Obst      | fruit
snack     | other  | Nüsse     | nuts
gut       | essen  | das Essen | the food
gut       | ort    | der Ort   | the place
gut       | nichts | nichts    | nothing
wetter    | -1     | schlecht  | bad
wetter    | 0      | mittel    | so-so
wetter    | 1      | gut       | good
""",
)

# Everything that would tell who somebody is, and two real questions.
SPUREN = xlsx(
    survey="""
type                 | name | label             | calculation
start                | a    |                   |
end                  | b    |                   |
today                | c    |                   |
deviceid             | d    |                   |
phonenumber          | e    |                   |
username             | f    |                   |
audit                | g    |                   |
geopoint             | h    | Wo bist du?       |
start-geopoint       | i    |                   |
image                | j    | Mach ein Foto!    |
barcode              | k    | Scann den Ausweis |
date                 | l    | Wann geboren?     |
calculate            | m    |                   | ${n} * 2
select_one_from_file x.csv | o | Welche Schule? |
text                 | p    | Wie heißt du? Name bitte |
note                 | q    | Danke!            |
""",
)

# A repeated group, and a condition that looks into it.
WIEDERHOLUNG = xlsx(
    survey="""
type         | name       | label               | relevant          | repeat_count
text         | anfang     | Wie geht es los?    |                   |
begin_repeat | kind       | Geschwister         |                   | 3
integer      | kindalter  | Wie alt?            |                   |
begin group  | mehr       | Mehr                |                   |
text         | kindhobby  | Welches Hobby?      |                   |
end group    |            |                     |                   |
end_repeat   |            |                     |                   |
text         | ende       | Wie hört es auf?    | ${kindalter} > 3  |
""",
)

# Markup, answers in texts, invisible characters, several lines.
TEXTE = xlsx(
    survey="""
type | name | label                                                   | hint
note | kopf | ## Hallo!\\nSchön, **dass** du _da_ bist.               | <span style="color:red">Wichtig</span>
text | was  | Hallo ${name}, was war [gut](https://beispiel.example)? | ein\u200bSatz
text | mal  | 3 * 4 * 5 und snake_case_wort                           | a < b und b > c
""",
)

# All columns that say how a form looks, checks or fills in, with an answer for each.
SPALTEN = xlsx(
    survey="""
type              | name | label | required | required_message | default | readonly | appearance   | choice_filter   | media::image::de | guidance_hint | constraint | constraint_message | Notizen | comment | parameters
select_one janein | a    | Ja?   | yes      | Bitte!           | ja      |          | minimal      | region=${r}     | bild.png         | für Ältere    | . = 'ja'   | Nein!              | intern  | intern  | randomize=true
text              | b    | Was?  | no       |                  |         | yes      | multiline w1 |                 |                  |               | regex(.,'x') |                  |         |         |
""",
    choices="""
list_name | name | label | media::image | region
janein    | ja   | Ja    | ja.png       | nord
janein    | nein | Nein  |              |
""",
    settings="""
form_title | form_id | public_key | submission_url | instance_name | style
Spalten    | spalten | abc        | x.example      | ${a}          | pages
""",
)

# A quiz of many pages: conditions of every form.
BEDINGUNGEN = xlsx(
    survey="""
type                | name   | label          | relevant
integer             | alter  | Wie alt?       |
select_one janein   | sport  | Sport?         | ${alter} >= 10 and ${alter} <= 20
select_multiple art | art    | Welcher?       | selected(${sport}, 'ja')
select_one janein   | gern   | Gern?          | selected(${art}, 'ball') or (selected(${art}, 'lauf') and not(${alter} = 12))
text                | mehr   | Erzähl!        | ${gern} != 'nein' and ${gern} != ''
note                | warum  | Schade.        | ${gern} = 'nein'
""",
    choices="""
list_name | name | label
janein    | ja   | Ja
janein    | nein | Nein
art       | ball | Ball
art       | lauf | Laufen
""",
)

FORMS = {
    name.lower().replace("_", "-"): content
    for name, content in list(globals().items())
    if isinstance(content, bytes)
}
