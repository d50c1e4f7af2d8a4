"""Words around and inside names, as data. First names are evidence that something is a name, never a gate."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HONORIFICS = _words(
    """
    maestro emerita canon provost hajiya hajji rebbetzin archdeacon venerable ustad chancellor uncle brother
    surgeon attorney pc revd alhaji alhaja mama dasho assemblymember assemblywoman assemblyman bhikkhu bhikkhuni
    sheikha engr ratu datu dato sayyid hajia père maître rev'd rev’d
    datin datuk doña ingeniera sœur soeur mzee pak bu kak tuan puan cik haji ustaz barrister jurat kommerzialrat cdr
    commandant corporal private grandma grandpa
    brigadier-general lieutenant-general major-general vice-admiral
    adm admiral air amb ambassador archbishop assistant assoc associate baron baroness baronet bishop brig brigadier
    capt captain cardinal cdr chancellor chef chief cllr cllrs cmdr coach col colonel commander comrade congressman
    congresswoman councillor count countess cpt dame dean detective doctor dr duchess duke earl emeritus father
    field flight fr gen general gov governor group he hon honorable honourable hrh imam inspector judge justice king
    lady lieut lieutenant lord lt maj major marshal mayor minister miss mp mr mrs ms mx pastor pope premier
    president prince princess prof professor queen rabbi rear rep representative ret rev reverend right rt saint
    secretary sen senator sergeant sgt sheikh sir sister squadron sr superintendent vice viscount wing
    """
)
"""What may stand before a name and is no part of it, in lower case and without its point."""

# These lead a name only in front of another honorific ("Rear Admiral", "Associate Professor", "Rt Hon"):
# alone they are adjectives and offices ("Vice President", "Field Marshal").
HONORIFIC_PREFIXES = _words(
    """
    surgeon attorney
    air assistant assoc associate chief emeritus field flight group he mp rear ret right rt squadron vice wing
    """
)

POST_NOMINALS = _words(
    """
    AC AM AO BA BSc CB CBE CFA CISSP CMG CNZM CPA DBE DCMG DDS DO DPhil DSC DSO DVM EdD Esq FBA FRGS FRHistS FRS
    FRSE GBE GCB GCMG Hon II III IV JD Jr KBE KC KCB KCMG LLD LLM MA MBA MBE MC MD MEP MLA MP MSP MSc OAM OBE ONZM
    PHD PhD Phd PsyD QC RN Ret SAN SC Sr LCSW LMFT MPH MSW RDN FRCP FRCS CFP DNP
    """
)
"""What may stand behind a name and is no part of it, without points."""

# "Jr" and numerals are part of how people are called; they stay in a name and leave its key.
GENERATIONS = _words(
    """
    II III IV Jr Sr
    """
)

PARTICLES = _words(
    """
    abu af al ap av ben bin bint da das de del della dello den der des di do dos du e el ibn la las le los ten ter
    van von y zu zur
    """
)

# A run of capitals that holds one of these is an organisation, an office, a place or a work.
INSTITUTION_WORDS = _words(
    """
    jazeera welle vorbis raspberry ctrl pod vlog webcast newscast videocast
    roundtable fm recordings recording radio seeds rigging productions media studios royal
    academy accord act african agency agreement airlines airport alliance amazon american app apple arena army asian
    association avenue award awards bank battle bay bill books bridge brigade british building bureau capital castle
    cathedral center centre chair championship chapter chinese church city clinic club college command commission
    committee company conference congress consulting corp corporation corps council county crisis cup department
    disease division doctrine east eastern effect entertainment episode european exchange facebook federal
    federation festival films force forces forum foundation french fund gallery gazette german global gmbh google
    government group guardian hall herald holdings hospital hotel house inc indian initiative instagram institute
    institution international island islands japanese journal kingdom lab laboratory labs lake law league lecture
    library linkedin llc llp ltd magazine mall market media memorial ministry mount mountain museum national nato
    navy network news north northern ocean office olympics palace park parliament part partners party patreon
    pictures plaza plc podcast post press prize productions program programme project protocol publishing radio
    rádio ràdio rundfunk records regiment republic review revolution river road royal russian school sea season senate
    series services show society software solutions south southern spotify squadron square stadium state states station
    stock store street studio studios substack summit symposium syndrome systems team technologies technology temple
    theater theatre theory tiktok times tower treaty tribune trust twitter ukrainian union university valley
    ventures volume war west western workshop world youtube
    """
)

# Behind a name these make it part of an office or a fellowship: "the James Cook Associate Fellow".
OFFICE_WORDS = _words(
    """
    coordinator entrepreneur podcaster comedian musician actor actress singer songwriter rapper filmmaker
    philosopher psychologist
    scientist physicist biologist sociologist anthropologist epidemiologist diplomat negotiator activist
    campaigner novelist poet
    biographer blogger youtuber influencer investor trader lawyer barrister attorney psychiatrist neuroscientist
    theologian
    administration adviser advisor advocate analyst associate author biography cabinet campaign case ceo cfo chair
    chairman chairperson chairwoman cmo cofounder cohost columnist consultant coo correspondent cto dean designer
    developer director distinguished economist editor engineer estate evp executive expert fellow fellowship founder
    government guest head historian host journalist lead lecturer lectureship legacy manager minister murder murders
    officer partner presenter presidency president principal producer professor professorship reporter research
    scholar scholarship secretary senior specialist spokesperson story strategist svp trial visiting vp writer
    """
)

# Never part of a name, however capitalised.
STOP_WORDS = _words(
    """
    casablanca nairobi jakarta manila karachi mumbai delhi seoul bangkok cairo istanbul kabul tehran baghdad
    damascus beirut riyadh doha dubai warsaw budapest bucharest lisbon copenhagen stockholm helsinki
    reykjavik johannesburg kinshasa accra dakar khartoum algiers tripoli hanoi taipei shanghai dhaka islamabad
    kathmandu yangon canberra auckland toronto montreal ottawa caracas bogotá havana brasília ouagadougou bamako
    lusaka harare kigali kampala
    goes went gone done gp gps pacific atlantic indo arctic nobel pulitzer oscar-winning emmy grammy premier
    adobe ads alabama android applications apps arizona arkansas backup bitcoin blockchain blog blogs bootcamp
    california certificate colorado concurrency conf connecticut conundrum countdown crypto cryptocurrency cyclone
    dashboard ddos demonic docker docs drugstore dungeon elasticsearch firefox frontiers frontlines github gitlab
    hawaii homepage homeschool hurricane idaho independence independent investigations iowa jacksonville jailhouse
    javascript journo kansas karaoke kentucky kickstarter laptop linux livecast livestream louisiana malware
    marathon massachusetts meetup metadata michigan microsoft minnesota mississippi missouri nashville nebraska
    newsletter nintendo northeast northwest ohio oklahoma online ops oregon outage paypal pennsylvania playlist
    playstation plugin plugins podcasts premiere prep professional promo psychic quartet recap registry remastered
    remix repo robotic screencast screencasts seattle smartphone soundtrack southeast southwest spreadsheet
    starcraft startup startups streetlights tavern teen tesla texas things thru tornado typhoon underground unedited
    utah vancouver wanna warcraft warfare web website websites wifi wiki wisconsin woes writeup xbox
    a about afghanistan africa african after again against ai aka all also although am america american americans
    among an and any api apr april are argentina around as asia asian at aug august australia australian autumn aws
    bbc be because been before beijing being below berlin between both brazil brazilian brexit britain british
    brussels buddhist but by can canada canadian catholic china chinese christian christianity christmas cia click
    cohost cohosts com conservative conservatives contact coronavirus could covid css dec december democrat
    democratic democrats did do does donate download during each easter edited editor egypt egyptian either else
    email england english ep eps etc eu europe european europeans ever every everything fbi feat featuring feb
    february few first follow for former france french fri friday from ft further gaza german germany get guest
    guests had halloween has have he her here hers him hindu his hollywood host hosted hosts how however hr html
    http https i if in india indian internet interview interviews into iran iranian iraq iraqi ireland irish is
    islam islamic israel israeli israelis it italian italy its jan january japan japanese jewish jews join joined
    joining joins jul july jun june just kiev korea korean kyiv labour last least less like listen london many mar
    march may me mexican mexico might mixed ml mon monday more moscow most much music muslim muslims must my nato
    neither never new next nhs no none nor not nothing nov november now oct october of off on once one only or other
    others our ours out over own pakistan palestine palestinian paris per php please pr presented presenter
    presenters produced producer ramadan read republican republicans russia russian russians same sat saturday
    scotland scottish see sep sept september several she should since so some spain spanish special sponsor
    sponsored sponsors spring sql still subscribe such summer sun sunday support syria syrian taiwan taiwanese than
    thanks thanksgiving that the their theirs them theme then there these they this those through thu thur thurs
    thursday to today together tokyo tomorrow tonight too tories tory tue tues tuesday turkey turkish tv uk ukraine
    ukrainian un under until up upon us usa versus very via vietnam vietnamese visit vs wales was washington watch
    we wed wednesday welcome well welsh were what when where whether which while who whom whose why will winter with
    without would www yes yesterday yet york you your yours
    """
)

# Words that are surnames as well; behind an unknown first name they still make a name.
SURNAME_WORDS = _words(
    """
    akins ambler ament archer asher bacon bader baker banks barber barker bass bayer bean bell beller bender berry best
    bird bishop black blankenship blankinship block blood bond booker booth boots bowers bowling bowman boyer brewer
    brook brooks brown browning bull bunting burns bush butler byers camp cannon carpenter carrier carter case cash
    cassity castle caviness chambers chamness chance chase child childs church clay clement cloud coin coker cole cook
    cooper cope cotton craft crane crews cross crow crowder cummings curry darling day dean decker dement dial drake
    draper driver duff east engler english evers falconer farmer farrier fay feller fells felts fiddler field fielding
    fields finch finn fisher flood flowers forest foster fox france freeman french frost fry fryer fuller furness gaines
    garden gardener garrity gates gerrity geter glass glover gold golding goldman good gooding goodman gore goss grant
    graves gray green grey grider gunter hall hamer hand harding hardy harkness hart hartness hass hassler hay hays head
    heath heller hess hill hodges holder holmes hood hooks horner house hull hunt hunter hurst ice ingham irons jeter
    joiner joy judge keener kemp kinder king knight lamb lander lane law leaf leger lester light little lock long love
    lovell loving luster mader magness major maness manning marks marsh martin mason mather may mayer mays mcgarity
    mcguinness mercer merchant messer miller mills moody moon moor moss mullins nail napper nash neal nest newman noble
    north oakes ozment page paine painter palmer park parker parks peck penny perry peters petty piper poll pool pope
    porter post potter power powers price priestley pryor rains ray read reed reichert rice rich rider ring rivers roads
    robin rock root roper rose rush sacks sadler sage salter sanders sands savage sayer sayers seal sears seely sellers
    sharp sheldon shepherd short shorter singer skinner slater smith snow somers spears spring springer stamper stark
    starks steel sterling stock stoker stone stoner storey storm street streeter stringer strong summers sumner swan
    sweeting tanner tasker taylor temple thatcher thrower tiller treat trout turner tyler underwood usher vale vanness
    wade wait walker wall waller ward waring warner waters weatherly weaver webb weeks weller wells west wester wheeler
    white whiting wild wilder winship winter winters wise wiser wolf wood woods worth wright young younger
    """
)

# Places, peoples and beliefs that are surnames as well, behind a known first name alone: "Paul Berlin".
SURNAME_STOPS = _words(
    """
    africa america berlin brazil canada catholic christian christmas easter egypt england german germany holland
    hollywood india ireland israel london moscow paris spain turkey wales washington welsh york
    """
)

# First names that are places too, which they are in front of a place.
FIRST_NAMES_OF_PLACES = _words(
    """
    austin brooklyn carolina charlotte chelsea florence georgia india jackson jordan lancaster logan lourdes madison
    paris sydney victoria virginia
    """
)

# Surnames that firms put behind their own name more often than parents do: "Kwabena Mills", but "Exxon Gold".
WARES = _words(
    """
    holder hooks rider
    cash cloud coin craft gates glass gold house ice lane law light nail nest pool power powers signal spring springs
    steel stock stone storm street strong wall
    """
)

FIRST_NAMES = _words(
    """
    ash buddy chip cliff dick heath jonah lulu malik mara merlin missy norm patsy pierce rhea sonny wally ward
    aaron abby abdul abdullah abigail abraham adam adams adrian adriana agnes ahmad ahmed aidan aileen aisha akira
    alan alana alastair albert alberto alejandro aleksandr alex alexa alexander alexandra alexei alexey alexis
    alfred ali alice alicia alina alisa alison alistair allan allen allison alyssa amanda amber amelia amina amir
    amit amy ana anand anastasia anders andre andrea andreas andrei andrew andrey andy angel angela angie angus
    anita anja ann anna annabel anne annette annie anthony antoine anton antonia antonio anya april arash archie
    ariel arjun arthur arun asha ashley astrid audrey austin ava avi ayesha bao barbara barry beatrice becky ben
    benedict benjamin bernard bernie bert beth bethany betsy betty bev beverly bill billy bjorn blake bob bobby
    bonnie boris brad bradley brandon brenda brendan brent bret brett brian bridget brooke bruce bruno bryan bryce
    caitlin caleb calvin cameron camilla camille candace cara carl carla carlo carlos carly carmen carol carole
    carolina caroline carolyn carrie cassandra cassie catherine cathy cecilia cedric celeste chad chandra charlene
    charles charlie charlotte chelsea cheryl chloe chris christa christian christina christine christoph christophe
    christopher chuck cindy claire clara clare clark claude claudia clay clifford clive cody colin colleen connie
    connor conor constance corey corinne courtney craig cristina crystal curtis cynthia daisy dale damian damien dan
    dana daniel daniela danielle danny daphne darius darren dave david dawn dean deb debbie deborah debra declan
    deepak deirdre dennis derek diana diane diego dimitri dirk dmitri dmitry dominic don donald donna doris dorothy
    doug douglas drew duncan dylan earl ed eddie edgar edith eduardo edward edwin eileen elaine eleanor elena eli
    elias elijah elisa elise elizabeth ella ellen ellie elliot elliott elsa emil emilia emilie emily emma emmanuel
    enrico enrique eric erica erik erika erin ernest ernie esther ethan eugene eva evan eve evelyn ezra faisal farah
    farid fatima felicity felix fernando fiona florence frances francesca francesco francis francisco francois frank
    franklin franz fred freddie frederick freya fumio gabriel gabriela gabrielle gail gareth garry gary gavin gemma
    gene genevieve geoff geoffrey george georgia georgina gerald gerard gerry gideon gil gilbert gillian gina
    giovanni giulia glen glenn gloria gordon grace graeme graham grant greg gregory greta guido guillermo gustav guy
    gwen hal hamid hana hannah hans harold harriet harris harry harsh harvey hasan hassan hazel heather hector heidi
    helen helena helene henrik henry herbert hilary hiro hiroshi hope howard hugh hugo hussein ian ibrahim igor ilya
    imran ines ingrid ira irene irina iris isaac isabel isabella isabelle ivan ivy jack jackie jackson jacob
    jacqueline jacques jake james jamie jan jana jane janet janice jared jasmine jason javier jay jayne jean jeff
    jeffrey jelena jen jenna jennifer jenny jens jeremy jerome jerry jess jesse jessica jessie jill jim jimmy jin
    jing jo joan joann joanna joanne jodi jody joe joel joey johan johanna johannes john johnny jon jonas jonathan
    jonny jordan jorge jose josef joseph josephine josh joshua joy joyce juan judith judy jules julia julian juliana
    julie juliet julio julius jun june jurgen justin justine kai kara karen karim karin karina karl kate katerina
    katharine katherine kathleen kathryn kathy katie katja katrin katrina kay kayla keiko keith kelly kelsey ken
    kenji kenneth kenny kerry kevin khaled kim kimberly kiran kirsten kirsty klaus konstantin kris krista kristen
    kristin kristina kumar kurt kyle lara larry lars laura lauren laurence laurie lawrence leah lee leila lena leo
    leon leonard leonardo leslie lewis liam lily lina linda lindsay lindsey lisa liz lizzie lloyd logan lois lola
    lorenzo loretta lori lorna lorraine louis louisa louise luca lucas lucia lucinda lucy luis luisa lukas luke
    lydia lynn lynne mackenzie maddie madeleine maggie mai mal malcolm manuel marc marcel marcia marco marcus
    margaret margot maria marian marianne marie marilyn marina mario marion marisa marjorie mark markus marshall
    marta martha martin martina marty marvin mary masha mason mathew mathias mathieu matt matteo matthew matthias
    maureen maurice max maxim maxine maya megan mei mel melanie melinda melissa mercedes meredith michael michaela
    michel michele michelle miguel mika mikael mike mikhail milan miles millie milo mina mindy ming miranda miriam
    mitch mitchell mohamed mohammad mohammed moira molly mona monica monika morgan moritz muhammad murray mustafa
    myra nadia nadine nancy naomi natalia natalie natasha nate nathan nathaniel ned neil nell nelson nia niall
    nicholas nick nicola nicolas nicole nigel nikita nikki nikolai nils nina noah noam noel nora norma norman olaf
    oleg olga oliver olivia omar oscar osman otto owen paige pam pamela paola paolo pascal pat patricia patrick paul
    paula pauline pavel pedro peggy penelope penny percy perry pete peter petra phil philip philippa philippe
    phillip phoebe pierre pietro polly prakash priya priyanka quentin rachael rachel rafael raj rajesh ralph ramesh
    ramon randall randy raphael rashid raul ravi ray raymond rebecca reggie regina reza rhiannon rhys ricardo rich
    richard rick ricky rita rob robbie robert roberta roberto robin rod roger rohan roland roman ron ronald ronnie
    rory rosa rosalind rosanna rose rosemary rosie ross roy ruby rupert russ russell ruth ryan saad sabina sabine
    sabrina sadie salim sally sam samantha samir samuel sandra sandy sanjay sara sarah sasha saul scott sean
    sebastian sergei sergey sergio seth shane shannon sharon shaun shawn sheila shelley sheryl shinzo shirley sid
    sidney silvia simon simone sofia sonia sonja sophia sophie spencer stacey stacy stan stanley stefan stefano
    stella stephan stephanie stephen steve steven stewart stuart sue sunil susan susanna susanne susie suzanne suzi
    suzie sven svetlana sydney sylvia takashi tamara tammy tania tanya tara tariq tatiana taylor ted terence teresa
    terri terry tess tessa theo theodore theresa thierry thomas tiffany tim timothy tina tobias toby todd tom tommy
    toni tony tracey tracy travis trevor tricia trish tristan tyler ulrich ursula valentina valeria valerie vanessa
    vera vernon veronica vic vicki vicky victor victoria vijay vikram viktor viktorija vince vincent viola violet
    virginia vivek vivian vladimir volodymyr wade wallace walter wanda warren wayne wei wendy werner wesley wilhelm
    will willem william willow wolfgang xavier xi yan yasmin yasmine yoko yolanda yosef yuki yuri yusuf yvette
    yvonne zac zach zachary zack zara zeynep zoe
    """
)

# Never part of a name where they stand in capitals.
ABBREVIATIONS = _words("AI API CD CPU CSS DVD GPU HD HQ HTML ID IO IP JS ML OS PC PDF PHP PM SDK SEO SQL UI USB UX VR")

# What ends the name of a club, a company or a place where it stands in capitals, and no person's.
NO_SURNAMES = _words("AB AG BV CC CF FC FK KG NV NY NZ OY PE SA SE SpA VC")

# Letters with points that are no person's initials: places, hours, offices, titles.
POINTED = _words("us uk eu un dc la ny nyc usa uae am pm ad bc ce ps ai tv vp ceo bbc fbi cia nba he pc")

# Two initials that go by a first name, and by nothing else.
INITIALS = _words("AJ BJ CJ EJ JB JC JD JJ JK JP JR JT JW KC KJ LJ MJ PJ RJ TJ")

# First words of places.
PLACE_STARTS = _words(
    """
    addis belo boca chula ciudad coeur corpus eau jebel johor kampung kota nizhniy nizhny palo petaling phnom rancho
    santo são terre ulan
    abu antarctic arctic baton buenos burkina cape capitol central costa downing eastern el fort great hong kuala
    las latin los middle northern papua port puerto rio san santa sao saudi sierra silicon southern soviet sri tel
    wall western white
    """
)

# What makes an adjective of the capitalised word behind it: "Anglo-Irish", "Indo-Pacific".
COMPOUNDING = _words(
    "afro anglo anti arab austro counter euro extra franco gallo germano hispano indo inter intra italo judeo latin"
    " luso macro mega meta mid micro multi neo non pan para post pre pro proto pseudo quasi russo semi sino socio sub"
    " super trans turco ultra vice self north south east west asia trade cold prize"
    " ad bi by co de e en ex hi il in k lo no off on out re sci to tri tv un uni up vis x"
)

# Second halves of Korean given names, which English knows as words or takes for parts of them: "Sun-hee", "Ji-won".
GIVEN_NAME_ENDINGS = _words(
    "ah beom chul eun gi gyu ha hae hee ho hoon hwa hwan hye hyuk hyun il jae jin joo joon ju jun kyu kyung mi min mo"
    " myung nam rae ran rim ryul sang seo seok seon seong sik soo sook suk sun sung tae uk won woo woong wook yeon"
    " yeong yong yoo yoon young yul"
)
