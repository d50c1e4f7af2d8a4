"""Common English words in their plain form: what is capitalised at the head of a sentence or in a title is no name.

Drawn from SCOWL (Spell Checker Oriented Word Lists), levels 10 and 20, plain forms only.
Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and
this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
suitability of this array for any purpose. It is provided "as is" without express or implied warranty.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLAIN_FORMS = _words(
    """
aardvark abandon abbreviate abide ability able abnormal abolish abolition abort abortion about above abroad absence
absent absolute absorb abstract absurd abuse abusive abysmal academic accelerate accent accept acceptable acceptance
access accessible accident accidental accompany accomplish accord accordance account accountant accumulate accuracy
accurate accusation accuse accustom ace achieve acid acorn acoustic acquire acronym across act action activate active
activity actor actual acute adapt adaptation adaptor add addict addictive addition additional address adequate adhere
adjacent adjective adjust adjustment administer admirable admiration admire admission admit admitted admitting adopt
adoption adult advance advantage advent adventure adverse advert advertise advice advisable advise advisor advisory
advocate aerial aesthetic affair affect affection afford afraid after afternoon afterward again against age agency
agenda agent aggressive ago agony agree agreement ahead aid aim air aircraft airport akin alarm alas albeit album
alcohol alcoholic alert algebra algebraic algorithm alias alien align alignment alike alive all allegation allege
allergic alleviate alliance allocate allocation allow allowable allowance ally almost alone along alongside aloud alpha
alphabet alphabetic already also alter alteration alternate although altogether always amateur amaze ambassador amber
ambient ambiguity ambiguous ambitious amend amendment among amongst amount amp ample amplifier amuse amusement anagram
analog analogous analogue analogy analyse analysis analyst analyze anarchy anatomy ancestor ancient and anecdote angel
anger angle angry anguish animal announce annoy annoyance annual anomaly anonymous anorak another answer anthology
anticipate antidote antique antisocial anxious any anybody anyhow anyone anyplace anything anyway anywhere apart
apathetic apathy apologise apologize apology apostrophe appal appall apparatus apparent appeal appear appearance append
appendix applause apple applicable applicant apply appoint appraisal appreciate approach approval approve apt arbitrary
arc arcade arcane arch archaic archive are area arena arguable arguably argue argument arise arisen arithmetic arm army
arose around arrange array arrest arrival arrive arrogance arrogant arrow arse art article artificial artist artistic
ascend ash ashamed ashcan aside ask asleep aspect ass assault assemble assembly assert assertion assess assessment asset
assign assignment assist assistance assistant associate assort assume assumption assure asterisk astronomer astronomy
ate atheism atheist atlas atmosphere atom atomic atrocity attach attachment attack attain attempt attend attendance
attendant attention attitude attorney attract attraction attractive attribute audible audience audio aunt authentic
author authorise authority authorize automate automatic automobile autumn available average avoid await awake award
aware awareness away awful awkward axe axiom axis baby back backbone background backlog backspace backward bacteria
bacterium bad badge baffle bag baggage bake balance ball ballet ballot ban banal banana band bandwagon bandwidth bang
bank bankrupt banned banner banning bar bare bargain bark baroque barred barrel barrier barring barrister base basement
bash basic basically basis basket bass bastard bat batch bath bathroom battery battle baud bay beach beam bean bear
beard beast beat beaten beautiful beauty became because become bed bedroom beef been beer before beforehand beg began
begin beginner beginning begun behalf behave behavior behaviour behind being belief believable believe bell belong
beloved below belt bench bend beneath beneficial benefit bent beside best bet beta better betting between beware beyond
bias bible biblical bicycle bid bidding big bigger biggest bigot bigotry bill billfold billion bin binary bind biography
biological biologist biology bird birth birthday biscuit bishop bit bite bitmap bitten bitter bizarre black blackboard
blackmail blade blame blank blanket blast blatant bless blew blind blink bliss blob block blood bloody blow blown blue
blurb board boat bob body bog bogged bogging boggle bogus boil bold bolt bomb bond bone bonus book booklet bookshop
bookstore boom boost boot border borderline bore boredom born borne borrow boss both bottle bottom bought bounce bound
boundary bout bow bowl box boy bracket brain brake branch brand brass brave breach bread break breakdown breakfast
breath breathe bred breed breeze brethren brick bridge brief brigade bright brightest brightness brilliant bring broad
broadcast broke broken brother brought brown browse brush brutal bubble buck bucket budget buffer bug bugger build built
bulb bulk bull bullet bulletin bump bunch bundle burden burn burnt burst bury bus bush business bust busy but butter
button buy bye bypass byte cabbage cabinet cable caffeine cage cake calculate calculator calculus calendar call calm cam
came camera camp campaign campus can cancel cancelled cancelling cancer candidate cannot canonical cant cap capability
capable capacity capital capitalism capitalist captain capture car carbon card cardboard care careful careless carpet
carriage carrier carrot carry cartoon cartridge case cash cassette cast castle casual cat catalog catalogue catch
category cathedral catholic cattle caught causal causality cause caution cave caveat cease ceiling celebrate cell
cellular censor censorship cent central centre century ceremony certain certainty chain chair chairman chalk challenge
chamber champagne champion chance chancellor change changeover channel chaos chaotic chap chapel chapter char character
charge charitable charity charm chart chase chat chatted chatting cheap cheapest cheat check cheek cheer cheerful cheese
chemical chemist chemistry cheque chess chest chestnut chew chicken chief child childhood childish children chip
chocolate choice choir choose chop chopped chopping choral chord chorus chose chosen chuck chunk church cider cigarette
cinema circa circle circuit circuitry circular circulate cite citizen city civil civilian civilise civilize claim
clarify clarity clash class classic classical classify clause clean cleanest clear clearance clearest clever cleverest
click client cliff climate climb clinic clinical clip clipped clipping clique clock clog clone close closest closet
closure cloth clothe cloud club clue clumsy cluster coach coal coarse coast coat cobbler code coffee coherent coin
coincide coke cold collapse collar collate colleague collect collection collective college colon colony color colour
column combat combine come comedy comfort comic comma command commence comment commentary commercial commission commit
commitment committed committee committing commodity common communal communism communist community compact companion
company comparable compare comparison compassion compatible compel compelled compelling compensate compete competence
competent competitor compile complacent complain complaint complement complete completion complex complexity complicate
compliment comply component compose composite compound comprehend compress comprise compromise compulsion compulsory
compute con conceal concede conceive concept conception conceptual concern concert concerto concise conclude conclusion
concrete concur condemn condense condition condom condone conduct conductor conference confess confidence confident
configure confine confirm conflict conform confront confuse confusion congest congestion conjecture connect connection
connector conscience conscious consensus consent consequent consider consist consistent console conspiracy constant
constitute constrain constraint construct consult consultant consume contact contain contempt contend content contention
contest context continent continual continue continuity continuous continuum contour contract contradict contrary
contrast contribute contrive control controlled controller convenient convention converse conversion convert convey
convict conviction convince cook cookie cool cooperate coordinate cope copper copy copyright core corn corporate corpse
correct correction correlate correspond corridor corrupt corruption cosmic cosmology cost cosy cotton cough could
council counsel counselled count countless country county couple courage courier course court courtesy cousin cover
coverage cow cozy crack craft cramp crap crash crass crawl crazy cream create creation creative creator creature
credible credit creed creep crew cricket crime criminal crisis crisp criteria criterion critic critical criticise
criticism criticize crop cross crossroad crossword crowd crown crucial crude cruel cruelty cruise crunch crush cry
cryptic crystal cube cubic cuckoo cuddly cue culprit cult cultural culture cumbersome cumming cums cumulative cunning
cup cupboard cure curiosity curious curly currency current curriculum curry curse cursor curtain curve custard custom
customary cut cute cutting cycle cyclist cylinder cynic cynical daft daily damage damn damnation damp dance danger
dangerous dare dark darkness darling dash data database date datum daughter dawn day daylight daytime dead deadline deaf
deal dealt dear death debatable debate debt debug debugged debugger debugging decade decay decent decide decimal
decision deck declare decline decode decrease dedicate deduce deduction deed deem deep deepest default defeat defect
defective defence defend defense defensive deficiency define definite definition definitive defy degenerate degrade
degree deity delay delete deletion deliberate delicate delicious delight delightful delimiters deliver delivery delta
delusion demand demented demise democracy democratic demolish denote dense density dentist deny department departure
depend dependant dependence dependent deposit depress depression deprive depth deputy derange derivative derive
derogatory descend describe desert deserve design designate desirable desire desk desktop despair desperate despise
despite destine destroy detach detail detect detectable detection detective detector deter determine deterrent detract
devastate develop deviation device devil devious devise devoid devote diagnosis diagnostic diagonal diagram dial dialect
dialled dialling dialog dialogue diameter diary dice dictate dictator dictionary did die diesel diet differ difference
different difficult difficulty dig digest digging digit digital dignity dilemma dim dimension dine dinner dip diplomatic
dire direct direction directive director directory dirt dirty disable disagree disappear disappoint disaster disastrous
disc discard discharge discipline disclaimer disco disconnect discount discourage discover discovery discrete discretion
discuss discussion disease disguise disgust dish dishonest disk dislike dismal dismiss disorder display disposable
disposal dispose dispute disregard disrupt disruption dissimilar distance distant distinct distort distortion distract
distress distribute district disturb ditch ditto dive diverse diversity divert divide divine division divorce doctor
doctrine document dodge doe dog dogma dole dollar domain domestic dominant dominate don donate donation done doom door
dose dot dotted dotting double doubt doubtful doubtless down downhill downright downstairs downwards dozen draft drag
dragged dragging dragon drain drama dramatic drank drastic draught draw drawback drawn dread dreadful dream dreamt
dreary dress drew drift drill drink drip dripped dripping drive drivel driven drop dropped dropping drove drown drug
drum drunk drunken dry dual dubious duck due duff dug dull duly dumb dummy dump dumpster duplicate duration during dust
dustbin dusty duty dying dynamic each eager eagle ear earlier earliest earn earth ease easier easiest easily east
eastern easy eat eaten eccentric echo ecological ecology economic economical economy edge edit edition editor editorial
educate education effect effective efficiency efficient effort egg ego eight eighteen eighth either elaborate elderly
elect election electoral electorate electric electrical electron electronic elegant element elementary elephant elevator
eleven eligible eliminate elite elitist else elsewhere embarrass embed embedded embedding emerge emergency eminent emit
emotion emotional emphasis emphasise emphasize empire empirical employ employee employment empty emulate emulation
emulator enable enclose encode encounter encourage end endeavor endeavour endless enemy energy enforce engage engine
enhance enjoy enjoyable enjoyment enlarge enlighten enormous enough enquire enquiry ensure entail enter enterprise
entertain enthusiasm entire entirety entitle entity entrance entry envelope envisage envy epic episode equal equality
equate equation equip equipment equipped equipping equivalent era erase ergo err erroneous error escape esoteric
especially essay essence essential establish estate estimate estimation eternal eternity ethic ethical ethnic etymology
evaluate evaluation even event eventual ever every everybody everyday everyone everything everywhere evidence evident
evil evolution evolve exact exaggerate exam examine example exceed excellent except exception excess excessive exchange
excite excitement exclude exclusion exclusive excuse executable execute execution executive exempt exercise exhaust
exhaustive exhibit exhibition exist existence exit exotic expand expansion expect expedition expense expensive
experience experiment expert expertise expire expiry explain explicit explode exploit explore explosion explosive export
expose exposure express expression expressway extant extend extension extensive extent external extinction extra extract
extraction extraneous extreme extremist eye eyesight fabric face facilitate facility fact factor factory factual faculty
fail failure faint faintest fair fairest fairness fairy faith faithful fake fall fallacious fallacy fallen false fame
familiar family famine famous fan fancy fantastic fantasy far farce fare farewell farther farthest fascinate
fascist fashion fast fastest fat fatal fate father fatuous faucet fault faulty favor favorable favorite favour
favourable favourite fear feasible feat feature fed federal fee feeble feedback feel feet fell fellow felt female
feminist fence fender festival fetch fever few fewest fiber fibre fiction fictional fiddle field fierce fifteen fifth
fifty fight figure file fill film filter filthy final finalise finalize finance financial find fine finest finger finish
finite fire firework firm first fiscal fish fit fitted fitting five fix fizzy flag flagged flagging flame flash flat
flavor flavour flaw fleet flesh flew flexible flight flip flipped flipping float flood floor floppy flour flow flown
fluent fluffy fluid flush flute fly foam focus fog fold folk follow fond font food fool foolish foot football footnote
for forbade forbid forbidden forbidding force forcibly forecast foreign forest forever forgave forget forgetting forgive
forgiven forgot forgotten fork form formal format formation formatted formatting formula formulae forth fortnight
fortunate fortune forty forum forward fossil fought foul found foundation fountain four fourteen fourth fraction fragile
fragment frame framework frank frantic fraud freak free freedom freeway freeze french frequency frequent fresh friction
friend friendship frighten fringe frivolous frog from front frown froze frozen fruit frustrate fry fudge fuel fulfil
fulfill full fullest fully fume fun function functional fund funeral funnier funniest funny fur furniture furry further
furthest fuse fusion fuss fussy futile future fuzzy gain galactic galaxy game gang gap garage garbage garble garden gas
gasoline gasp gate gateway gather gave gay gear gender gene general generalise generalize generate generation generator
generic generous genetic genius genocide genre gentle gentleman gentlemen gently genuine geography geology geometry
gesture get getting ghastly ghost giant gibberish gift gig gin girl girlfriend give given glad glance glass glean global
glorious glory glossy glove glow glue gnome goal goat god goes going gold golden goldfish golf gone good goodbye
goodness goody gorgeous gospel gossip got gotten govern government governor gown grab grabbed grabbing grace grade
gradual graduate graduation graffiti graffito grain grammar grand grant graph graphic graphical grasp grass grateful
gratuitous grave gravity gray greasy great greatest greed greedy green grew grey grid grief grim grind grip groan gross
ground group grow grown growth guarantee guard guess guest guidance guide guideline guilt guilty guinea guitar gulf
gullible gum gun gut gutter guy habit hack had hail hair haircut hairy half hall halt halve ham hammer hand handbook
handful handicap handle handy hang hangover happen happier happiest happily happiness happy hard hardback harden hardest
hardship hardware hardy harm harmful harmless harmony harsh has hash hassle hasten hasty hat hate hatred have havoc hay
hazard hazy head headache headline health healthy heap hear heard heart heartily heat heaven heavier heaviest heavily
heavy heel height held helicopter hell hello helmet help helpful helpless hence henceforth her herd here hereby heresy
heritage hero heroic heroin herring herself hes hesitate hey hid hidden hide hideous hierarchy high highest highlight
highway hilarious hill him himself hindsight hint hip hire his historian historic historical history hit hitherto
hitting hobby hog hold hole holiday hollow holy home homosexual honest honesty honey honor honorary honour hook hope
hopeful hopeless horde horizon horizontal horn horrendous horrible horribly horrid horrific horrify horror horse
hospital host hostile hot hotel hour house household how however huge huh hum human humane humanity humble humbly humor
humorous humour hundred hung hungry hunt hurry hurt husband hut hydrogen hyphen hypocrisy hypocrite hypothesis
hysterical ice icon idea ideal idealistic identical identifier identify identity ideology idiom idiot idiotic idle
ignorance ignorant ignore ill illegal illiterate illness illogical illusion illustrate image imaginary imagine imbalance
immature immediate immense imminent immoral immortal immune impact impair impend imperative imperfect imperial
impersonal implement implicit imply import importance important impose impossible impress impression impressive imprison
improbable improve impulse inability inaccuracy inaccurate inadequate inane incapable incentive inch incidence incident
incidental incline include inclusion inclusive incoherent income incomplete incorrect increase incredible incredibly
increment incur incurred incurring indeed indefinite indent index indicate indication indicative indicator indictment
indirect individual induce induction indulge industrial industry inequality inertia inevitable inevitably infallible
infamous infant infantile infect infection infelicity infer inference inferior infinite infinity inflation inflexible
inflict influence info inform informal infrequent ingenious ingredient inhabit inhabitant inherent inherit inhibit
inhibition initial initialise initialize initiate initiative inject injure injury injustice ink inner innocence innocent
innovation innovative input inputted inputting inquire inquiry insane insect insecure insert insertion inside insidious
insight insist insistence insofar inspect inspection inspire install instance instant instead instinct institute
instruct instrument insult insurance intact intake integer integral integrate integrity intellect intend intense
intensity intensive intent intention inter interact interest interface interfere interim interior internal interpret
interrupt interval intervene interview intimate into intrinsic introduce intuitive invade invalid invalidate invaluable
invariably invasion invent invention inventor inverse invert invest investment invisible invitation invite invoke
involve ion irate iron ironic irony irrational irrelevant irritate irritation island isolate isolation issue item its
itself jack jacket jail jam jammed jamming jargon jazz jealous jeans jelly jerk jest jet job join joint joke jolly
journal journalist journey joy judge judgement judgment juice jump junction jungle junior junk jury just justice justify
juvenile keen keep ken kept kernel kettle key keyboard keystroke keyword kick kid kidded kidding kidnap kidnapped
kidnapping kidney kill kind kindness king kingdom kiss kit kitchen knee knew knife knight knock know knowledge known lab
label labelled labelling labor laboratory labour lack lad ladder lady lag laid lain lake lamp land landlord landscape
lane language large largest lark laser last late latest latter laugh laughter launch lavatory law lawn lawyer lay layout
laziness lazy leach lead leadership leaf leaflet league leak lean leap learn learnt least leather leave lecture led left
leg legal legend legendary legible legitimate leisure lemon lend length lengthy lenient lens lent lesbian less lesson
lest let lethal letter letting level liability liable liaison libel liberal liberty librarian library licence license
lid lie life lifestyle lifetime lift light lightest lightning like likelihood likewise limb limit limitation line linear
linguistic link linkage lion lip liquid liquor lisp list listen lit literal literary literate literature litre litter
little live livest load loan lobby local locate location lock lodge log logged logging logic logical logo lonely long
longest look loop loophole loose lord lorry lose loss lost lot loud loudest lousy love low lowest loyal luck luckily
lucky ludicrous luggage lump lunatic lunch lunchtime lung lurk lust luxury lying lyric machine machinery mad made
madness magazine magic magical magnetic magnitude mail mailbox main mainframe mainstream maintain maize major majority
make male malicious man manage management mandate mandatory mangle mania manifestly manifesto manipulate mankind manned
manner manning manpower manual many map mapped mapping march margin marginal marital mark market marriage marry
marvellous marvelous mask mass massive master match mate material matrices matrix matter mature maximise maximize
maximum may maybe mayor maze meal mean meaningful meant meantime meanwhile measure meat mechanic mechanical mechanism
media medical medicine medieval medium meet megabyte melody melt member membership memorable memory men mend mental
mentality mention menu mercury mercy mere merge merit merry mess message messy met metal metaphor method metre metric
metro mice microwave midday middle midnight might mighty migrate migration mild mile mileage military milk mill million
mimic mind mindless mine minimal minimalist minimise minimize minimum minister minor minority mint minus minute miracle
miraculous mirror misdirect miserable miserably misery misfortune misguide mislead misled misplace misprint misread miss
missile mission mist mistake mistaken mistook misuse mix mixture mnemonic moan mob mobile mock mod mode model modelled
modelling moderate moderation modern modest modify module mold mole molecular molecule mom moment momentum monarch money
monitor monkey monochrome monopoly monster month mood moon moral morality more moreover morning moron mortal mortality
most mother motion motivate motivation motive motor motorway motto mould mount mountain mouse mouth move movement movie
much muck mud muddle mug multiple multiply mum mumble mummy mundane murder muscle museum music musical musician must
mutter mutual myself mysterious mystery mystic myth mythical mythology nail naive naked name nameless narrative narrow
narrowest nastier nastiest nasty nation national native natural nature naughty nay near nearby nearest neat necessary
necessity neck need needle negate negative neglect negligible negotiable negotiate neighbor neighbour neither nerve
nervous nest net network neural neutral never new newcomer newest newsletter newspaper next nice nicest nick nickname
night nightmare nil nine noble nobody node noise noisy nominal nominate none nonsense noon nor norm normal normality
north northern nose nostalgia not notable notably notation note nothing notice noticeable noticeably notify notion
notorious noun novel novelty novice now nowadays nowhere nuclear nuisance null numb numbest numeral numeric numerical
numerous nun nurse nut oar obey object objection objective obligation obligatory oblige obnoxious obscene obscure
obscurity observe obsess obsession obsolete obstruct obtain obtainable obvious occasion occasional occupation occupy
occur occurred occurrence occurring ocean odd off offence offend offense offensive offhand office official offset
offsetting offspring often oil old oldest omission omit omitted omitting once one oneself ongoing onion only onto onus
onwards open opera operate operation operator opinion opponent oppose opposite opposition oppress oppression opt optic
optical optimal optimise optimistic optimize optimum option optional opus oral orange orbit orbital orchestra orchestral
order ordinary organ organic organise organize orient oriental orientate origin original originate originator orthodox
other otherwise ought our ourselves out outcome outcry outdated outgoing outline outlook output outrage outrageous
outright outset outside outweigh over overall overcame overcome overdraft overdue overflow overhead overlap overload
overlong overlook overnight overprice overridden override overrode overseas overtime overtone overview overwhelm owe own
ownership oxygen ozone pace pacifier pack package packet pad padded padding page paid pain painful painless paint pair
palace pale pan panel panic pant paper paperback par parade paradise paradox paragraph parallel parameter paranoia
paranoid paraphrase pardon parent parity park parliament parochial parody parrot parse part partial particle particular
partition partner party pass passage passenger passion passionate passive passport password past paste pat patch patent
path pathetic patience patient patronise patronize pattern pause pavement pay payment peace peaceful peak peanut peasant
peculiar pedal pedant pedantic pedantry pedestrian peer pen penalty pence pencil pended pending pends penguin penny
people per perceive percent percentage perception perfect perfection perform perhaps period periodic peripheral
permanent permission permit permitted permitting perpetual persecute persist persistent person personal personnel
persuade persuasion perverse pet petrol petty pharmacy phase phenomena phenomenon philosophy phoenix phone photo
photocopy photograph phrase physic physical physicist physiology piano pick picture pie piece pig pigeon pile pill pilot
pin pinch pink pint pipe pipeline pit pitch pitfall pity pizza place plague plain plan plane planet planetary planned
planning plant plaster plastic plate platform plausible play playground plea pleasant please pleasure plenty plot
plotted plotter plotting ploy plug plugged plugging plural plus pocket poem poet poetic poetry point pointless poison
poke polar pole police policeman policy polish polite politeness political politician politics poll pollution polynomial
pompous pool poor poorest pop pope popped popping populace popular popularity populate population pork port portable
portion portray pose position positive possess possession possible possibly post postage postal postcard postmaster
postpone postscript postulate pot potato potential pound pour poverty powder power powerful practical practice practise
pragmatic praise pray preach precaution precede precedence precedent precious precise precision predict prediction
preface prefer preferable preferably preference preferred preferring prefix pregnancy pregnant prejudice premature
premise premium prepare prescribe presence present preserve president press pressure presumably presume pretend pretty
prevail prevalent prevent prevention preview previous price pride priest primarily primary prime primitive prince
principal principle print printout prior priority prise prison privacy private privilege prize pro probable probably
problem procedure proceed process processor proclaim produce product production productive profession professor profile
profit profitable profound program programme progress prohibit project projection prolong prominent promise promote
promotion prompt prone pronoun pronounce proof propaganda proper property prophet proportion proposal propose prose
prosecute prospect prostitute protect protection protein protest protocol prototype proud prove proven provide provision
provoke proximity pseudo psychology pub public publicise publicity publicize publish pudding pull pulp pulse pump pun
punch puncture punish punishment punt pupil purchase pure purge purity purple purpose pursue pursuit push put putt
puzzle python qualifier qualify quality quantity quantum quarter queen query quest question queue quibble quick quickest
quiet quietest quit quite quitting quiz quota quotation quote rabbit rabid race racial racism racist rack racket radar
radiation radical radio radius rag rage raid rail railroad railway rain rainbow raise ram rampant ran random rang range
rank rant rape rapid rare rarest rash rat rate rather ratio rational rationale rattle rave raw ray razor reach react
reaction reactor read readable readership readily ready real realise realistic reality realize realm rear rearrange
reason reasonable reasonably reassure rebuild rebuilt recall receipt receive recent reception recipe recipient reckless
reckon reclaim recognise recognize recommend reconcile reconsider record recover recovery recruit rectangle rectify
recursion recursive recycle red redefine redirect reduce reduction redundancy redundant refer reference referendum
referred referring refine reflect reflection reflex reform reformat refrain refresh refund refusal refuse refute regain
regard regardless regime region regional register regret regretted regretting regular regulation reign reinstate
reiterate reject rejection relate relation relative relativity relax relay release relevance relevant reliable reliably
relief relieve religion religious relocation reluctance reluctant rely remain remainder remark remarkable remarkably
remedy remember remind remote removal remove rename rend rendition renew rent repair repeat repeatable repent repertoire
repetition repetitive rephrase replace reply report represent reproduce repulsive reputation request require requisite
reread rescue research resemble resent reserve reset resetting reside residence resident resign resist resistance
resolution resolve resort resource respect respective respond response rest restart restaurant restore restrain restrict
result resume retail retain retire retirement retract retrieval retrieve return reuse reveal revelation revenge revenue
reverse revert review revise revision revolt revolution reward rewrite rewritten rewrote rhetorical rhyme rhythm ribbon
rice rich richest rid ridden ridding ride ridiculous right rigid rigorous ring riot rip ripped ripping rise risen risk
risky ritual rival river road robot robust rock rocket rod rode role roll roman romance romantic roof room root rope
rose rot rotate rotation rotten rough round roundabout rout route routine row royal royalties rub rubber rubbish rude
ruin rule rumor rumour run rung running rural rush rusty sabotage sack sacred sacrifice sad sadden safe safeguard safest
safety saga said sail saint sake saki salary sale salesman salt salvation same sample sand sandwich sane sang sanity
sank sarcasm sarcastic sat satellite satire satisfy sauce save saw say scale scan scandal scanned scanner scanning
scarce scare scarf scarlet scatter scenario scene scenery sceptical schedule scheme scholar school science scientific
scientist scope score scotch scrap scrapped scrapping scratch scream screen screw script scroll scum sea seal search
season seat second secondary secret secretary sect section sector secular secure security see seek seem seen segment
seldom select selection selective self selfish sell semantic seminar send senior sensation sense sensible sensibly
sensitive sent sentence sentient sentiment separate separation separator sequel sequence sequential serial series
serious sermon servant serve service session set setting settle seven seventh several severe severity sex sexist sexual
sexuality sexy shade shadow shake shaken shaky shall shallow shame shape share sharp she shedding sheep sheet shelf
shell shelter shelve shift shine shiny ship shipped shipping shirt shock shoe shone shook shoot shop shopped shopping
short shortage shorten shortest shorthand shot should shout shove show shown shut shutdown shutting shy sic sick sicken
side sideways sigh sight sigma sign signal signalled signalling signature silence silent silicon sillier silliest silly
silver similar similarity simple simplest simplicity simplify simplistic simply simulate simulation sin since sincere
sine sinful sing single singular sinister sink sir sister sit site sitting situate situation six sixteen sixth sixty
size skeleton skeptical sketch skill skin skip skipped skipping skirt skull sky slag slang slash slave sleep slept slice
slid slide slight slightest slim slip slipped slippery slipping slogan slope sloppy slot slow slowest small smallest
smallish smart smash smell smelly smile smith smoke smooth smug snack snag snail sneak sneaky sniff snobbery snow soap
sober social socialism socialist society sock socket sod soft software soil solar sold soldier sole solicitor solid solo
solution solve some somebody somehow someone someplace something sometime somewhat somewhere son song soon soonest
sordid sore sorry sort sought soul sound soundtrack soup source south southern space span spare spatial speak special
specialise specialist speciality specialize specialty species specific specify specimen spectrum speculate sped speech
speed spell spelt spend spent sphere spigot spike spill spin spiral spirit spiritual spit spite spitted spitting
splendid split splitting spoil spoilt spoke spoken spokesman sponsor spoof spool sport spot spotted spotting spout
sprang spray spread spring sprung spur spurious spy squad square squash squeeze stability stable stack staff stage
stagger stair staircase stake stale stall stamp stance stand standard standpoint star stare stark starred starring start
startle starve state statement static station stationary statistic status stay steadily steady steal steam steel steep
steer stem step stepped stepping stereo stereotype sterile sterling stick sticky stiff still stimulate stir stirred
stirring stock stole stolen stomach stone stood stop stopped stopping storage store storey storm story straight strain
strange strangest strategic strategy straw stray stream street strength strengthen stress stretch strict strike string
stringent strip stripped stripping strive stroke strong strongest struck structural structure struggle stuck student
studio study stuff stumble stun stunned stunning stunt stupid stupidity style subject subjective submission submit
submitted submitting subroutine subscribe subsequent subset subsidiary subsidise subsidize substance substitute subtle
subtlety subtly subway succeed success successful succession successive successor such sudden sue suffer suffice
sufficient suffix sugar suggest suggestion suicidal suicide suit suitable suitably suite sum summarise summarize summary
summed summer summing sun sundry sung sunk sunlight sunny sunrise sunshine super superb superior supervise supervisor
supplement supplier supply support suppose suppress supreme sure surface surgery surname surplus surprise surround
survey survival survive suspect suspend suspension suspicion suspicious sustain swallow swam swamp swap swapped swapping
swear sweat sweep sweet swept swim swimming swing switch sword swore sworn swum symbol symbolic symmetric symmetry
sympathise sympathize sympathy symphony symptom syndicate syndrome synonym synonymous syntactic syntax synthesis system
systematic tab table tack tackle tactic tactical tactless tag tail tailor take taken tale talent talk tall tame tangent
tank tap tape target task taste tasteless taught tax taxation taxi taxpayer tea teach team teapot tear technical
technique technology tedious teenage teeth telephone telescope television tell temper temple temporary tempt temptation
ten tend tendency tennis tense tension tentative tenth term terminal terminate terminator terrible terribly terrify
territory terror terrorism terrorist terse test text textbook textual than thank thankful that the theater theatre thee
theft their them theme themselves then theology theorem theory therapy there thereafter thereby therefore therein
thereof these thesis they thick thickness thief thieve thin think third thirst thirty this thorough those thou though
thought thousand thread threat threaten three threshold threw throat through throughout throughput throw thrown thrust
thumb thus thy tick ticket tidy tie tiger tight tile till time timescale timetable tin tiny tip tire tiresome title toad
toast tobacco today toe together toggle toilet token told tolerance tolerant tolerate toll tomato tome tomorrow ton tone
tongue tonight too took tool tooth top topic topical tore torn torture toss total touch tough tour tourist toward tower
town toy trace track trade tradition traffic tragedy tragic trail train transcript transfer transform transient transit
transition translate translator transmit transport trap trapped trapping trash trashcan travel travelled travelling tray
tread treasure treat treatment treaty tree trek tremendous trend trendy trial triangle tribe trick tricky trifle trigger
trilogy trinity trip triple tripos triumph trivia trivial trolley troop trouble trouser truck true truly trumpet
truncate trunk trust trusty truth try tube tune tunnel turn turntable tutor tutorial twelve twentieth twenty twice twin
twist two tying type typeset typewriter typical tyre ugh ugly ultimate umbrella unable unaffected unattended unaware
unbalanced unbearable unbiased uncertain unchanged uncle unclear uncommon undefined under undergo undergone underlain
underlay underlie underline underlying underneath understand understood undertake undertaken undertook underwent undid
undo undone unduly uneasy unemployed unexpected unfair unfamiliar unfinished unfounded unfriendly unhappy unhealthy
unhelpful uniform unify union unique unit unite unity universal universe university unknown unless unlike unlimited
unload unlock unlucky unnatural unofficial unpleasant unpopular unread unreadable unrelated unreliable unsafe unseen
unset unsound unstable unsuitable unsure untidy until unto untrue unusable unused unusual unwanted unwelcome unwilling
unwise unworkable upbringing update upgrade upon upper upright ups upset upsetting upside upstairs upward urban urge
urgency urgent usable usage use useful usefulness useless usual utility utter vacancy vacation vacuum vague vain valid
validity valley valuable value valve van vandalism vanish variable variance variant variation variety various vary vast
vat vector vegetable vegetarian vehicle vein velocity vend vendor venture venue verb verbal verbatim verbose verdict
verify versatile verse version versus vertical very vessel vet via viable vicar vice vicinity vicious victim victory
video view viewpoint vigorously vile village vintage vinyl violate violation violence violent violin virgin virtual
virtue virus visible vision visit visitor visual vital vocabulary vocal voice void voltage volume voluntary volunteer
vomit vote vouch vowel vulnerable wade waffle wage wait wake walk wall wallet wander want war ward warehouse warm warn
warp warrant warranty wartime wary was wash waste wasteful watch water wave way weak weakness wealth wealthy weapon wear
weary weasel weather wed wedded wedding wee week weekday weekend weigh weight weird welcome welfare well went were west
western wet wetting whale what whatever whatsoever wheel when whence whenever where whereas whereby whereupon wherever
whether which whichever while whilst whim whiskey whisky whistle white who whoever whole wholly whom whoop whose why
wicked wide widespread widest width wife wild will win wind window wine wing winner winning winter wipe wire wisdom wise
wisest wish wit witch with withdraw withdrawal withdrawn withdrew within without witness witty wive wizard woke woken
wolf woman wombat women won wonder wonderful wondrous wont wood wooden word wore work workable workload workshop world
worldwide worm worn worry worse worship worst worth worthless worthwhile worthy would wound wow wrap wrapped wrapper
wrapping wrath wreck wren wretched wrist write written wrong wrote yard yawn year yellow yes yesterday yet yeti yield
you young youngest your yourself yourselves youth zero zone zoom
    """
)

# What an ending stands in the place of, by the ending's last letter: most words have none of them.
_ENDINGS = {
    "s": (
        ("s", ("",)),
        ("ies", ("y",)),
        ("es", ("e",)),
        ("ers", ("", "e")),
        *((f"{end}es", (end,)) for end in "hosxz"),
    ),
    "d": (("ied", ("y",)), ("ed", ("", "e"))),
    "g": (("ing", ("", "e")),),
    "r": (("er", ("", "e")),),
    "y": (("ly", ("",)),),
}


def is_common_word(word: str) -> bool:
    """Say whether a word in lower case is a common English word, or a plain form of one with an ending.

    >>> is_common_word("discusses"), is_common_word("melvin")
    (True, False)
    """
    if word in _PLAIN_FORMS:
        return True
    if word.endswith("eer"):  # "Sameer" is not made of "same"
        return False
    for ending, plains in _ENDINGS.get(word[-1:], ()):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            for plain in plains:
                if stem + plain in _PLAIN_FORMS:
                    return True
    return False
