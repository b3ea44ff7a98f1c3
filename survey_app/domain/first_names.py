"""First names that young people in Germany have and write about: a small list of our own.

It need not be complete: a mark is a hint for whoever reads, not a filter. Names that are words of
the same language as well stand in `WORDS_TOO`; they are hints only with a capital in mid-sentence.
Slavic names stand without their last vowel, so that their cases are found too (`STEMS`).
"""

from typing import Final

LATIN: Final = frozenset(
    """
    aaron abdul abdullah adele adem adrian ahmad ahmed ahmet alessia alessio alex alexander
    alexandra ali alia alina aliya alma amalia amelie amin amina amir amira ana anastasia andre
    andrea andreas angelina anja anna annabell anne annika anton antonia arda arian ariana
    arthur arya ashley asli asya aurelia ayla aylin ayse aysel ayşe aziz aziza azra bastian
    beatrice ben benedikt benjamin bennet berat bernd bilal björn bogdan boris brandon burak
    cansu carl carla carlo carlos caroline cedric celina celine cem charlotte chiara chloe chris
    christian christina christoph clara claudia collin connor daniel daniela daria dario david
    defne denis dennis diana dilara dima dominic dominik doris dustin ebru ece eda edgar eduard
    elena elia elias elif elina elisa elisabeth ella emil emilia emilio emily emir emma emre
    enes enrico eric erik erwin esra esther ethan eva eymen eyüp fabian fabienne fabio fatih
    fatima fatma felix ferdinand ferhat finn fiona florian franziska frederik frieda friedrich
    furkan gabriel gabriela georg gizem greta gustav hakan hamza hanna hannah hannes hans harun
    hasan hassan hatice hediye heike heinz helen helena helene henri henrik henry hugo hüseyin
    ibrahim ida ilayda ilias imran ines ingo irem irina isabel isabell isabella ismail ivan
    ivana jakob james jamie jan jana jannes jannik jasmin jason jasper jayden jenny jens jeremy
    jessica jette joana joel johann johanna johannes john jolina jona jonah jonas jonathan joris
    josef josefine josephine joshua josie julia julian juliana julius justin justus kaan kadir
    karim karin karl karla karolina katharina kathrin katja kemal kenan kevin kiara kilian
    kimberly klara klaus konrad konstantin korbinian kübra lana lara larissa lars lasse laura
    laurenz laurin lea leandro leila lena lene leni lenn lennard lennart lenny leo leon leonard
    leonardo leonie leonora leopold levi levin leyla lia liam lian lias lili lilia lilli lilly
    lina linda linnea linus lisa liv livia liya loris lotta louis louisa luca lucas lucia lucy
    luis luisa luise luka lukas luna lutz mads mahmoud mahmut maike maja malak malia malik malin
    malte mandy manfred manuel mara marc marcel marco marcus maren margarete maria mariam marie
    mariella marina mario marius markus marlene marlon marta martha martin martina mason
    mathilda matilda mats matteo matthias matthis maxim maximilian maya medina megan mehmet
    melanie melina melis melissa merle mert merve metin mia michael michaela michelle mika
    mikail mila milan milena milo mina mira miray miriam mohamad mohamed mohammad mohammed
    moritz muhammed murat mustafa nadia nadine nadja naomi natalia natalie nele nelly nevio nick
    nico nicolas nicole niklas niko nikolas nils nina noah noel noemi nora norbert norman nurcan
    nuri olaf ole oleg olena olga oliver olivia omar oscar oskar osman pascal patricia patrick
    paul paula pauline peter philipp phillip pia piet quentin rafael ralf ramona raphael rashid
    rayan rebecca rebekka reza richard robert robin romy ronja ruben rukiye rumeysa ryan sabine
    sabrina sahra salih salim sally samira samuel sandra sara sarah sascha sean sebastian selim
    selin selina selma semih sena sergej serkan sevda shirin sibel silas silke simon simone sina
    sinan sofia sofie sonja sophia sophie stefan stefanie steffen stella stephan susanne svea
    sven svenja svitlana süleyman talia tamara tanja tara tarek tarik tetjana thea theo theresa
    thomas thorsten tilda tim timo timon tina tobias tom tommy toni torben tristan tuana tugba
    tyler uwe valentin valentina valeria vanessa vera veronika victor victoria viktor viktoria
    vincent viola vivien vladimir volkan wassim werner wiebke wilhelm xenia yannick yannik yaren
    yasemin yasin yasmin yassin younes younis yulia yunus yuri yusuf yvonne zahra zainab zara
    zehra zeynep zoe zoey ömer özge
    """.split()  # noqa: SIM905 - a list that people can read
)

WORDS_TOO: Final = frozenset(
    """
    adam angel barış can cihan deniz doğa elli elmas frank grace güneş hope jordan joy kim mark
    max melek melodie rosa ruby said sevgi till umut will yara yağmur
    """.split()  # noqa: SIM905
)

STEMS: Final = tuple(
    """
    александр алексе алин алис алён аліс анастас анатол андре андрі антон аня ані артем артур
    артём богдан борис вадим валер васил викто виктор витал влад владимир володими віктор віталі
    галин ганн григор данiл данил данііл дарин дарь денис диан дмитр дмитри діан евген егор
    екатерин елен злат иван игор илья ирин карин катерин катя каті кирил кристин крістін ксени
    ксені кіріл ларис лесь людмил максим маргарит мари марк марі матве микит микол михаил михайл
    назар наст натал наташ никит никол оксан олег олександр олексі олен олес ольг ольз павел
    павл петр полин поліна роман руслан сабин саш светлан світлан семен серге сергі соломі софи
    софі станислав степан тарас татьян тетян тимофе тимофі федор фёдор эмил юли юлі юр яна
    ярослав євген іван ігор ілл ірин
    """.split()  # noqa: SIM905
)

ARABIC: Final = frozenset(
    """
    آدم أحمد أنس أيمن إبراهيم إسماعيل ابراهيم احمد ادم اسماعيل الرحمن انس ايمن باسل بلال تالا
    تيم جنى حسن حسين حلا حمزة خالد خديجة دينا رامي رنا رهف ريم زياد زينب سارة سامر سلمى سميرة
    شهد طارق عائشة عبد عبدالرحمن عبدالله علي عمار عمر غزل فادي فاطمة كريم لانا ليث ليلى لينا
    مازن مايا محمد محمود مريم مصطفى منى ميرا نادية هبة وليد ياسر ياسمين يوسف
    """.split()  # noqa: SIM905
) - {"عبد", "الرحمن"}
