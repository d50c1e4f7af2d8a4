"""Who is spoken of far more than they speak: those who reign and govern. It takes an outright word to credit them."""

from mediafeed.normalize.credits.english import CUES, CueKind
from mediafeed.normalize.lexicon import the_dead

_REIGNING = frozenset(("president", "king", "queen", "pope", "emperor", "sultan"))
_KNOWN = frozenset(
    key.strip()
    for key in """
    donald trump, joe biden, barack obama, george bush, bill clinton, ronald reagan, richard nixon, jimmy carter,
    kamala harris, vladimir putin, dmitry medvedev, mikhail gorbachev, boris yeltsin, xi jinping, mao zedong,
    volodymyr zelensky, volodymyr zelenskyy, volodymyr zelenskiy, angela merkel, olaf scholz, friedrich merz,
    emmanuel macron, nicolas sarkozy, boris johnson, theresa may, rishi sunak, keir starmer, liz truss, david cameron,
    tony blair, gordon brown, margaret thatcher, winston churchill, narendra modi, benjamin netanyahu, kim jong un,
    recep tayyip erdogan, justin trudeau, mark carney, shinzo abe, viktor orban, giorgia meloni, ali khamenei,
    bashar al assad, saddam hussein, jair bolsonaro, nicolas maduro, fidel castro, hugo chavez, joseph stalin,
    adolf hitler, muammar gaddafi
    """.replace("\n", " ").split(",")
)
# Discussed far more often than heard, though they may be a guest somewhere: no veto, but a doubt that is trained.
_RENOWNED = frozenset(
    key.strip()
    for key in """
    elon musk, mark zuckerberg, jeff bezos, bill gates, steve jobs, tim cook, sam altman, sundar pichai, satya nadella,
    jensen huang, larry page, sergey brin, peter thiel, jack dorsey, jony ive, larry ellison, warren buffett, charlie
    munger, george soros, rupert murdoch, jamie dimon, sheryl sandberg, jack ma, masayoshi son, bernard arnault,
    vitalik buterin, satoshi nakamoto, sam bankman fried, changpeng zhao, linus torvalds, tim berners lee, marc
    benioff, hillary clinton, bernie sanders, elizabeth warren, mitch mcconnell, nancy pelosi, chuck schumer, kevin
    mccarthy, mike johnson, ted cruz, marco rubio, mike pence, jd vance, j d vance, ron desantis, gavin newsom, greg
    abbott, andrew cuomo, mitt romney, john mccain, sarah palin, al gore, john kerry, dick cheney, rudy giuliani, pete
    buttigieg, alexandria ocasio cortez, robert mueller, james comey, merrick garland, robert kennedy, joe manchin,
    pete hegseth, tulsi gabbard, steve bannon, ketanji brown jackson, amy coney barrett, brett kavanaugh, neil gorsuch,
    samuel alito, clarence thomas, john roberts, elena kagan, sonia sotomayor, ruth bader ginsburg, antonin scalia,
    jerome powell, janet yellen, alan greenspan, paul volcker, ben bernanke, christine lagarde, mario draghi, andrew
    bailey, ursula von der leyen, antonio guterres, kofi annan, antony blinken, henry kissinger, condoleezza rice,
    colin powell, donald rumsfeld, lloyd austin, jake sullivan, sergei lavrov, sergey lavrov, sergei shoigu, yevgeny
    prigozhin, alexei navalny, alexander lukashenko, wang yi, li keqiang, xi jinping, jiang zemin, hu jintao, deng
    xiaoping, kim jong il, kim yo jong, fumio kishida, shigeru ishiba, yoshihide suga, moon jae in, yoon suk yeol, tsai
    ing wen, lai ching te, ferdinand marcos, rodrigo duterte, joko widodo, prabowo subianto, lee kuan yew, mahathir
    mohamad, imran khan, rahul gandhi, indira gandhi, manmohan singh, sheikh hasina, aung san suu kyi, mohammed bin
    salman, mohammed bin zayed, hassan nasrallah, qassem soleimani, ebrahim raisi, hassan rouhani, osama bin laden, abu
    bakr al baghdadi, yasser arafat, mahmoud abbas, yoav gallant, ariel sharon, ehud barak, abdel fattah el sisi, hosni
    mubarak, cyril ramaphosa, jacob zuma, nelson mandela, thabo mbeki, robert mugabe, paul kagame, william ruto, bola
    tinubu, muhammadu buhari, abiy ahmed, yoweri museveni, javier milei, gustavo petro, lula da silva, alexandre de
    moraes, nayib bukele, claudia sheinbaum, marine le pen, jean luc melenchon, francois hollande, nigel farage, jeremy
    corbyn, dominic cummings, michael gove, jeremy hunt, rachel reeves, david lammy, wes streeting, angela rayner, kemi
    badenoch, priti patel, suella braverman, nicola sturgeon, humza yousaf, leo varadkar, micheal martin, mark rutte,
    geert wilders, donald tusk, jaroslaw kaczynski, alexis tsipras, pedro sanchez, silvio berlusconi, matteo salvini,
    jens stoltenberg, jacinda ardern, scott morrison, anthony albanese, malcolm turnbull, stephen harper, pierre
    poilievre, doug ford, danielle smith, greta thunberg, taylor swift, kanye west, michael jackson, paul mccartney,
    john lennon, bob dylan, david bowie, nicki minaj, mariah carey, justin bieber, elton john, beyonce knowles, lady
    gaga, mick jagger, keith richards, bruce springsteen, tom hanks, tom cruise, brad pitt, angelina jolie, leonardo
    dicaprio, meryl streep, robert de niro, al pacino, jack nicholson, harrison ford, arnold schwarzenegger, sylvester
    stallone, quentin tarantino, martin scorsese, steven spielberg, christopher nolan, stanley kubrick, david lynch,
    michael mann, ridley scott, james cameron, george lucas, alfred hitchcock, woody allen, jennifer lawrence, jennifer
    aniston, harvey weinstein, jeffrey epstein, ghislaine maxwell, bill cosby, oprah winfrey, joe rogan, alex jones,
    tucker carlson, jordan peterson, andrew tate, edward snowden, julian assange, lebron james, michael jordan, kobe
    bryant, stephen curry, tom brady, tiger woods, roger federer, rafael nadal, novak djokovic, serena williams, lionel
    messi, cristiano ronaldo, kylian mbappe, erling haaland, harry kane, mohamed salah, jurgen klopp, pep guardiola,
    alex ferguson, jose mourinho, lewis hamilton, max verstappen, charles leclerc, mike tyson, muhammad ali, usain
    bolt, patrick mahomes, sam kerr, alessia russo, prince harry, meghan markle, kate middleton, stephen king, j k
    rowling, margaret atwood, salman rushdie, toni morrison, harry potter, james bond, sherlock holmes, indiana jones,
    robin hood, santa claus
    """.replace("\n", " ").split(",")
)
_OUTRIGHT = frozenset(cue.rule for cue in CUES if cue.kind in (CueKind.GUEST, CueKind.IS_GUEST) and not cue.title_only)


def is_spoken_of(key: str, honorific: str | None) -> bool:
    """Say whether somebody reigns or governs, or did so within memory.

    >>> is_spoken_of("donald trump", None), is_spoken_of("tom varga", "President"), is_spoken_of("tom varga", "Dr")
    (True, True, False)
    """
    return key in _KNOWN or bool(honorific and honorific.split()[0].casefold() in _REIGNING)


def renown(key: str) -> str:
    """Say how somebody is known: of history ("dead"), of today's news ("famous"), or not at all ("").

    >>> renown("edward gibbon"), renown("elon musk"), renown("tom varga")
    ('dead', 'famous', '')
    """
    if key in the_dead():
        return "dead"
    return "famous" if key in _RENOWNED or key in _KNOWN else ""


def is_outright(rule: str) -> bool:
    """Say whether a rule names a guest as one: "our guest is", not "talks about"."""
    return rule in _OUTRIGHT
