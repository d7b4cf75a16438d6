"""Words of everyday language, by the language they belong to.

They mean nothing to a shop by themselves. So they are never "corrected" into clothes ("want" is no pant, "shows"
are no shoes), never searched for, and they tell in which language somebody writes.
"""

EVERYDAY = {
    "en": """
    a about above absolutely across actually after afternoon again age ago ahead all almost alone along already
    also although always am amazing among an and angry annoyed another any anybody anymore anyone anything anyway
    anywhere appear are arent around as ask asked asking at attend attending available aw away awesome awful baby
    back bad badly bank be because become been before began begin beginning behind being believe below beside
    besides best better between beyond big birth bit bits body book boring both bother bottom brought brilliant
    bring broke broken brother brothers bucks build built busy but by call called came can cannot cant care
    careful carry case catch caught cause certain certainly chair chance change changed changes changing check
    cheers child children choice choices choose chose chosen clean clear clearly close closed closer clothes
    clothing cold come comes coming compare complete completely confused continue correct correctly cost costs
    could couldnt couple course cover create crowd cry cute damn dark day days deal dear decide decided decent
    definitely depends did didnt die different difficult dinner do does doesnt dog doing done dont door double
    doubt down dozen draw dream drink drive drop dry during each earlier early easily easy eat effort either else
    elsewhere end ended ends enjoy enough entire especially etc even ever every everybody everyone everything
    everywhere exact exactly example excellent except excited excuse exist expect expecting expensive explain
    eye eyes face fact fair fairly fall family fan fancy fantastic far fast father fault feed feel feeling feels
    feet few fill final finally find fine finger finish finished first five flat floor fold folks follow
    following food foot for forever forget forgot forth found four free fresh friend friends from front full
    fully fun funny further future game gave general generally get gets getting girl give given gives giving glad
    go goes going gone gonna good gorgeous got gotta gotten great ground group grow guess guys had hadnt hair half
    hand handle hands hang happen happened happens happy hard hardly has hasnt hate have havent having he head
    hear heard heart heavy hello help helped helpful helps her here heres hers herself hey hi hide high highly
    him himself his hold home honest honestly hope hopefully hoping horrible hot hour hours house how however
    huge human hun hurry hurt i id idea ideas ideally if ill im imagine immediately important in inch inches
    include including indeed inside instead interested interesting into is isnt issue it items its itself ive job
    join just keep keeping keeps kept kid kids kind kinda kindly knew know known lady large last late lately later
    laugh lead learn least leave leaving left leg legs lemme less let lets letter life light like liked likely
    likes limit line list listen little live living lol loads long longer look looked lookin looking looks lose
    loss lost lot lots loud love loved lovely low luck lucky lunch mad made madam main mainly make makes making
    man manage many market marry mate matter matters may maybe me mean means meant meanwhile meet meeting men
    mention mess message met middle might mild mind mine minute minutes miss missed missing mistake moment money
    month months mood more morning most mostly mother mothers mouth move much mum must my myself name nearly
    neat necessary neck need needed needs neither nervous never new news next nice night no nobody nope none
    nor normal normally not note nothing notice now nowhere number obviously odd of off offer often oh okay old
    older on once one ones only onto open opposite option options or ordinary other others otherwise ought our
    ours out outdoor outdoors outfit outfits outside over overall own owner page paid pain pair pairs paper part
    particular particularly party pass past pay people perfect perfectly perhaps period person personal phone
    pick picked picks picture piece pieces place places plan planning plans play please pleasure plenty pls plz
    point poor possible possibly post prefer preferably preferred prepare present pretty previous price prices
    pricey probably problem product products promise proper properly proud provide pull purpose push put quality
    question questions quick quickly quiet quite ran range rather reach read ready real realise realize really
    reason reasonable recent recently recommend red refresh regards regret related remember reminds remove repeat
    replace reply request rest result results return rich rid right road roll room rough round rude rule run
    running rush sad safe said sale same sat save saw say saying says scene scroll second see seeing seem seems
    seen sell send sense sent serious seriously set several shall shame shape share shared sharp she shift shine
    shop shopping shore short should shoulder shoulders shouldnt shout show showed showing shown shows shut sick
    side sign silly similar simple simply since single sir sis sister sisters sit site sits size slow slowly small
    smart smell smile smooth smth so soft sold sole soles some somebody somehow someone something sometimes
    somewhat somewhere son soon sorry sort sound sounds speak special specific spend spent spot stand standing
    star stars start started state stay staying step stick still stop stopped store straight strange strong stuff
    stunning stupid style styles such sudden suddenly suggest suit suitable suited suits sumthing super support
    supposed sure surprise sweet swim switch table take taken takes taking talk tall taste teach tell ten terms
    terrible test than thank thanks that thats the their them themselves then there theres these they theyre
    thin thing things think thinking third this those though thought thoughts three through throw thx tight till
    time times tiny tip tips tired to today together told tomorrow tonight too took top total totally touch tough
    toward towards town track trade treat tried trip trouble true truly trust try trying turn turned twice two
    type types ugh ugly unable uncomfortable under understand unfortunately unless unlike until up update upon ur
    us use used useful using usual usually value various very via view visit voice wait waiting wake walk wall
    wanna want wanted wants warm was wash wasnt waste watch water way ways we wear wearing week weekend weeks
    weird welcome well went were werent wet what whatever whats when whenever where wherever whether which while
    who whole whom whose why wide wife will win wise wish with within without woman women wonder wonderful wont
    word words work working works world worn worry worse worst worth would wouldnt wow write writing wrong yah
    year years yep yes yesterday yet you young your youre yours yourself yup zero shes hes dunno gimme anythin
    outta coz cuz tho bout nah ya yo hmm tbh imo idk btw asap approx gud wid dat wat wud cud shud luv tnx
    apply appropriate arrive arrived arrives average avoid aware backwards based basic basically begging behave
    belong bend bet bless blow blurred blurry boss brief bright broad budget burn button chat choosing clip
    combine comment comments confirm connect consider contain cool copy corner correctly count crazy cut daily
    damage date deep delay delete deliver delivered describe deserve design designs detail details direct directly
    discuss display distance dress dressed dressing easier edge effect email emails empty entirely error event
    evening events evil expected experience extra extremely fail failed fake false fashion fashionable favour
    favourite favorite feature fewer field figure file fit fits fitting fix fixed flow focus force forgive form
    formal forward frame freak frequently fuss gentle giant gift gifts glance graduate grand growing guide habit
    haha happening hassle health height helping hidden hire hit honour host ignore image impossible improve
    indoor indoors info inform information instance interest invite invited join joke kick kill lack ladies
    language lately lay layer lazy leading legit lend length lift limited link load local lock loose luxury
    mail manager manner mark match matching material maximum mentioned method mirror mix model moderate modern
    mobile moved named natural nearby nearest needing nightmare nose obvious occasion office online opinion
    order ordered orders original pause photo photos pics plain planned pose posh position practical pray
    private process progress proof purchase quid rain raise random rare rate rating reading receive received
    recipe reduce refer refund regular relax remind report reset respond review reviews ride ridiculous ring risk
    rock romantic safely sample scared scary search searching secret section seller selling separate series
    serve service settle shade shape shipping shirt shock shot sibling sight sister size sized skin skip sleep
    slight slightly slim social solid someones sooner space speed split spring standard stare stock storage story
    stress stretch struggle stuck student study stylish subscribe summer supply surely swap system tag talking
    task thick third tidy tie tone tons torn tour traditional trendy trial trick tune unsubscribe upload upset
    usual vague valid version versus vibe vibes video visible waist waste weather wedding weight whatsoever
    whichever winter wondering wore worried wrap yeah
    petite classy comfy comfortable flattering bloody fella lad lass cheeky mam gran granny auntie uncle nephew niece cousin
    babe breakfast bro capital code collection cricket dude er err fathers arms buy kilo kilos laptop maam movie music
    n near nr omg per percent pizza pleaseee plzz poem premium president python r rated score shimmer ship sob socket thnx
    u uh umm wardrobe item dresscode bridesmaid groom bride christening interview holiday holidays flight airport plane hotel train ticket homework
    """,
    "hi-Latn": """
    aaj aaja aata aati aaya aayi aaye aana aap aapka aapke aapki aapko ab abhi acha achha achchha accha acchi achhi
    acche achhe achi agar agla agle agli aisa aise aisi aisewala ajeeb alag andar aisehi apna apne apni arre are
    aur auraat bada badi bade badhiya bahar bahut bhaut bahot bohot boht bahurani baad baat baaki baki bakwas banao
    banaya banda bandi bas batao bataao bata batado bataiye bataye batana batana batado bech beech behan bekar bekaar bhai bhaiya
    bhej bhejo bhejna bhejdo bheje bhi bilkul bina biwi bola bolo bolna bolti bura buri chahie chahiye chaiye
    chaheye chahta chahti chaahiye chahida chal chalega chalegi chalenge chalo chalta chalti cheez chiz chhod chhodo chodo
    chhota chhoti chhote chota choti chote daal dal dala dalo dam daam dekh dekha dekhao dekhi dekhke dekhna
    dekhne dekhni dekho dekhte dekhu dekhun de dedo dena dene dete deti deta denge dekhlo dheere dhoond dhoondo
    dhundh dhundo didi dikha dikhaao dikhado dikhai dikhaiye dikhana dikhao dikhaye dikhayein dikhti dikhta dikhte
    dijiye din diya diye diyo do doosra doosre doosri dusra dusre dusri dono dost dosto doston ek ekdum fir firse
    gaya gaye gayi galat ganda gaon ghar ghatiya gora gori haan haa han haath haina hai hain hame hamein hamara hamari
    hamare hamesha hata hatao hatado hatana hate hath ho hoga hogi honge hona hone hoon hota hote hoti hu hua hue
    hui huye hum humko humein humara idhar inhe inka inke inki inko inme inmein ise isse isi iska iske iski isko
    isliye ismein isme itna itne itni jab jagah jaise jaisa jaisi jaldi jana jao jaa ja jata jati jate jawab jaye
    jayega jayegi jhakaas ji jis jise jiska jiske jiski jisme jismein jitna jo jyada jyaada zyada zyaada ziyada kaam kab
    kabhi kafi kaafi kaha kahan kahin kahaan kahi kaise kaisa kaisi kal kam kamaal kar karke karaa karao karde kardo karein
    karen karenge kari karna karne karni karo karta karte karti karu karun karunga karungi karwana karwao karvao
    kaun kaunsa kaunse kaunsi konsa konse konsi kon kaunsaa kehna kehte khali khareed khareedna kharidna kharidni kharidu kharid
    khush ki ka ke ko kya kyaa kyu kyun kyon kyunki kyuki kis kise kisi kiska kiske kiski kisko kitna kitne kitni
    kiya kiye koi koyi kuch kuchh kuchbhi kripya kripaya lag laga lage lagega lagegi lagi lagna lagta lagti lagte lagao laao lao
    lana lata le lekar lekin lekar lele lelo lena lene leni lenge leke liya liye liyo lo log logo lungi lunga
    maa maal maine main mai mein mera mere meri mehnga mehenga mehngi mast mat matlab mil mila mile milega milegi
    milenge milna milta milti milte milegaa mujhe mujhko mujhse mujhpe mujhme muje mereko mereliye muh na naa nahi nahin nai nhi nahii
    namaste naya naye nayi naa nikal nikaal nikalo nikaalo ne niche neeche paas pas paisa paise pakka par parso pata pe
    pehen pehenna pehna pehnao pehnata pehnati pehenta pehenti pehenne pehenke pehenkar pehle pehla pehli phela pehnu pehnun pehnungi
    pasand pasandida peeche piche phir phirse poora pura poori puri puraana purana purani purane puch pooch puchna
    rakh rakhna rakho rakhlo raha rahe rahi rahega rahenge rahega rehna rehne rehta rehti roz rozana ruk ruko rukja sab saara
    saare saari sabhi sabse sabko sahi sakta sakte sakti samajh samjha samjho sath saath sasta saste sasti savere sunder
    se shaam shaadi shadi shayad shukriya shuru si sidha sirf soch socha sochna sun suna sundar suno suna subah tab tabhi tak tera tere
    teri tha the thi thik theek thoda thode thodi thodasa tho to toh tu tum tumhara tumhare tumhari tumhe udhar unka
    unke unki unko upar upr us use usse uska uske uski usko usme usmein vaapas vapas vaise waise vala vale vali vo
    waala waale waali waapas wahan wahi wala wale wali walla walle walli wapas wo woh yaar yaha yahan yahi ye yeh
    yahin yar zaroor zarur zaroorat zarurat chaunga chahunga chahungi lagrha lagraha lgra lgrha rha rhe rhi krna kro krdo kr kro
    krke krne krni mko mjhe mujhy dikhaa dikhaw dikhlao dikhlado dikhaiyega batayein bataiyega bhejiye karwa dilao dilwao
    mangwana mangwao mangana mangao mangwa lagwa kijiye kijie keejiye lijiye dijie chahenge lenge denge ladka ladki ladke
    baje daalo kare ladkiyon ladkon aurat aurton mard mardon baccha bacche bacchi beti beta mummy papa rang kapda kapde kapdo kimat
    keemat hazaar hazar hajar hajaar sau rupaye rupaiye wagera vagera waghera sabkuch kuchbhi sbse bdiya bdi bda chalegaa hogaya hogya
    gya gyi gye dia aayega aayegi aaegi aega milgaya lgta lgti lgega smjh smajh pehn pehnke pehnna thand garmi barish
    """,
    "es": """
    al algo alguien algun alguna algunas alguno algunos alli ahi ahora ante antes aqui asi aun aunque ayer ayuda
    ayudame bajo bastante bien bonita bonitas bonito bonitos borra borrar buena buenas bueno buenos busca buscame
    buscando buscar buscas busco cada cambia cambiar cambio casi cerca chica chico chicas chicos chido chevere claro
    color colores como compra comprar con conmigo contigo contra cosa cosas creo cual cuales cualquier cuando cuanta
    cuanto cuantos cuenta cuesta cuestan dame dar de deberia debo decir del demasiado demasiada dentro desde despues
    dia dias dice dime dinero donde dos durante el ella ellas ellos en encanta encantan encima encuentra encuentro
    ensename ensena entonces entre era eres es esa esas ese eso esos espera esta estaba estamos estan estar estas
    este esto estos estoy fue fuera gracias gran guarda guardar gusta gustan gustaria gusto ha haber hace hacer haces hacia
    han hasta hay haz he hecho hice hola hombre hombres hoy igual ir jamas la las lado le les listo llego llegar lleva
    llevar llevo lo los luego lugar manana mas mayor me mejor menor menos mi mia mias mientras mio mis misma mismo
    mismos mucha muchas mucho muchos muestra muestrame muestreme mujer mujeres muy nada nadie ni ninguna ninguno
    ningun no nos nosotros nuestra nuestro nueva nuevas nuevo nuevos nunca o oferta otra otras otro otros oye para
    parece parecido parecida pero perdon pide pido poca poco pocos podria podrias podemos ponme poner por porfa
    porfavor porfis porque prefiero precio precios primera primero probar probarme pronto puede puedes puedo pues que quedaria
    queda quedan quede quiera quiere quieres quiero quisiera quien quita quitar rapido saber sabes se sea seria segundo seguro sera
    ser si sido siempre sin sino sobre solo somos son soy su sus tal talla tallas talvez tambien tampoco tan tanto
    te tenemos tener tenes tenga tengas tengo tiempo tienda tiene tienen tienes toda todas todavia todo todos tomar trabajo
    tras tu tus tuyo ultima ultimo un una unas uno unos usar uso usted ustedes va vale vamos van varios vas vaya veces
    venga ver veo verano verdad vez vos voy y ya yo anda ando andas che wey guey orale onda padre plata pana mande
    regalo regalar hija hijo hermana hermano madre esposa esposo novia novio boda fiesta invierno oficina cumple
    barato barata baratos baratas caro cara caros caras grande pequeno pequena chiquito chiquita ropa prenda prendas pantalon
    quitale ponle ponlo ponla sacame saca manda mandame mandamelo envia enviame enviamelo dejame dejalo deja vuelve volver anterior siguiente
    necesito necesita necesitamos ocupo requiero deseo desearia llevaria pagar gastar gastarme menudo vestido falda camisa zapatos rojo roja
    rojos rojas azul azules amarillo amarilla negro negra negros negras blanco blanca gustaron gusto favor disculpa disculpe
    correo cuanto cuantas cuesta fotos foto foto estuvo quedo quedaste dentro ellos nuestras aquella aquellos aquel aquello
    pruebame pruebamelo pruebo pruebatelo cancela cancelar cancelalo suscribeme suscribir suscribirme avisame avisar avisa olvida olvidalo
    ay mil raro rara feo fea quinientos hola buenos tardes noches adios chao recomiendas recomienda recomendarias combina combinar combinaria
    """,
    "fr": """
    a achat acheter achete ai aide aider aie aimais aimait aime aimerais aimerai aimes ainsi alors an ans annule annuler apres
    arrete arreter as assez au aucun aucune aujourdhui aura aurait aurais aurez aussi autour autre autres aux avais avait avant
    avec avez avoir avons bah beau beaucoup belle belles bien bientot blanche bleu bof bon bonjour bonne bonnes bonsoir boutique ca
    car ce ceci cela celle celles celui cest cet cette ceux chaque cherche chercher cherches cherchais chez chose choses
    ci combien comme comment compte content contre cote coucou coute coutent couleur couleurs cree crois dans de deja demain
    depuis derniere dernier derriere des desole dessous dessus deux devant devrais dire dis dois doit donc donne donner
    dont du elle elles en encore enfin enleve enlever ensuite entre envie envoie envoyer envoyez es essai essaie essaye essayer est et
    etait ete etes etre eu eux ex excuse fais faire fait faites faut femme femmes fille fois fond font gens genre grand grande
    grands gros gros grosse haut heure heures hier homme hommes ici il ils jai jaime jamais je jen jour jours joli jolie jolis jolies
    juste la laisse laisser le lequel laquelle lesquelles lesquels les leur leurs lot lui ma madame maintenant mais mal
    malheureusement marche mari mariage marre matin me mec meme memes merci mes met mets mettre meuf mieux mis moche moi moins mois mon monde
    monsieur montre montrer montrez montres mot ne ni nickel nimporte noir noire non nos notre nous nouveau nouveaux nouvelle
    nouvelles nul nulle on ont ou ouais oui outre pantalon par parce pareil parfait parfois parle parler pas passe
    pendant pense penses petit petite petites petits peu peut peux plait plus plutot porte porter possible pour pourquoi pourrais
    pourrait pourriez pouvez pouvoir pref prefere prend prendre prends pres presque prix propose puis puisque qu quand que quel
    quelle quelles quelque quelques quels quelquun qui quoi recois recherche regarde rends reste revenir reviens
    rien robe rouge sa sais salut sans sauf se sera serait ses seulement si sil soir soit soiree sommes son sont
    sous souvent stp suis suivant suivante super supprime supprimer sur svp ta taille tailles tant te tel telle tellement tes
    toi ton tot toujours tous tout toute toutes tres trop trouve trouver trouves truc trucs tu un une va vais vas vers
    vert verte veulent veut veux vetement vetements veuillez vieux viens voici voila voir vois voit vos votre voudrais voudrait
    voulais voulait voulez vous vrai vraiment vu y zut fringues fringue pote chouette sympa bref genre bof dac ouaip nan bcp
    tkt jsp jpp mdr pcq pk qd c tt ts cadeau anniversaire femme mere pere frere soeur copine copain ete hiver travail bureau
    jolies ceremonie cher chere chers cheres moyen moyenne marque propre garde garder enregistre ajoute ajouter retire retirer compare comparer
    abonne abonner desabonner semaine mois lundi mardi mercredi jeudi vendredi samedi dimanche recommande conseille conseilles
    point arobase livraison rendu dernierement precedente precedent voyons regarder allez allons dedans
    """,
    "de": """
    ab aber ach alle allem allen aller alles als also alt alten altes am an andere anderem anderen anderer anderes anders
    anprobieren anziehen arbeit auch auf aus ausser bald bei beide beiden beim beispiel besser beste besten bestimmt bestelle
    bestellen bevor bin bis bisschen bissl bist bitte brauch brauche brauchen braucht da dabei dafuer daher damen damit danach danke dann
    daran darauf daraus darf darin das dass davon dazu dein deine deinem deinen deiner dem den denen denn der deren des
    deshalb dich die dies diese diesem diesen dieser dieses dir doch dort drei du dunkel durch duerfen eben echt egal eher eigentlich
    ein eine einem einen einer eines einfach einige einmal einverstanden email erst erste ersten erstes es etwa etwas euch euer
    euro falls farbe farben fast fertig finde finden findest findet foto fragen frau frauen freund freundin fuer fur ganz ganze
    gar geben geburtstag gefaellt gefallen geh gehen geht gehoert gekauft gemacht genau genug gerade gern gerne gesehen gestern
    gewesen gib gibt gibts ging glaube gleich gleiche groesse groessen groesser gross grosse grossen grosses gut gute guten guter gutes
    hab habe haben habt haette haetten hallo hast hat hatte heisst helfen hell her herren heute hier hilf hilfe hin hinten hinter hochzeit
    hol hole hose ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins irgendein irgendwas irgendwie ist ja jacke
    je jede jedem jeden jeder jedes jemand jetzt kann kannst kaufe kaufen kein keine keinem keinen keiner kleid klein kleine kleiner
    kleines kleidung klingt komm kommen kommt konnte koennen koennt koennte koenntest koennten kostet kosten kriege kurz lang lange langsam lass
    lassen laeuft leider letzte letzten letzter lieb lieber liebsten liegt loeschen loesche loesch machen mach mache macht mag magst mal man manche mann
    mehr mein meine meinem meinen meiner meines merke merken mich mir mit moechte moechten moechtest mochte morgen muss muessen
    mutter nach naechste naechsten nachher nachricht natuerlich nehme nehmen nein neu neue neuen neues neuer nicht nichts nie niemals nimm
    noch noe nix nochmal nun nur ob oben oder ohne okay paar pass passen passend passende passt preis preise probier probiere rot rote
    rotes roten sache sachen sag sagen schau schauen schick schicke schicken schlecht schnell schoen schoene schoenes schon schreib schuhe schwarz
    schwarze sehe sehen sehr sein seine seinem seinen seiner seit selbst sende senden sich sicher sie sieh sieht sind so
    sofort soll sollen sollte sollten sonst soviel sowas sowie spaeter speichern speichere statt steht stehen stell stimmt stoppe such suche suchen
    suchst super tag tage toll tragen trage traegt tschuess tun tut ueber uhr um und uns unser unsere unten unter vater viel viele vielen
    vielleicht vier voll vom von vor vorher vorne wann war waere waeren warum was weg wegen weil weiss weisse weisses weit weiter weitere
    weiteren weiteres welche welchem welchen welcher welches wem wen weniger wenn wer werde werden wie wieder wieviel will willst wir
    wird wirklich wirst wissen wo woche wofuer wohl wollen wollte womit woher wohin wuerde wuerden wuerdest wurde zeig zeige zeigen
    zeigst zeit zieh ziehen ziemlich zu zum zur zurueck zusammen zwei zwischen oki jo jau joa joah servus moin ned net nich nimmer
    gruess grad gell bissel oida krass geil hammer anlass zweite zweiten dritte dritten klamotten oberteil passendes
    geschenk schwester bruder tochter sohn sommer winter abbrechen abbestellen merkliste wunschliste vergleich vergleiche vergleichen
    aehnlich aehnliche aehnliches billiger guenstiger teuer teurer gefaellts nummer prozent obwohl trotzdem jedoch naja bloss halt
    """,
    "pt": """
    a acho agora ainda alem alguem algum alguma algumas alguns ali amei amo amiga amigo amanha ano anos ante antes ao aos apaga apagar
    aparece apenas aquela aquelas aquele aqueles aqui aquilo aproveita as assim ate atras atraves baixo barata baratas baratinho
    barato baratos bastante beleza bem blusa boa boas bom bonita bonito bonitos bonitas branca branco busca buscando cada
    calca cadeh cade caro cara caros caras casa cinza coisa coisas com como compra comprar consegue consigo conta cor cores
    da dai dar das de dela dele deles demais dentro depois desde desse dessa deste desta deu devo dia dias diferente
    dinheiro disso diz do dois dona dos duas e ela elas ele eles em enquanto entao entre era essa essas esse esses esta
    estava estou este estes eu experimentar experimenta experimento falta faltam fala falar faz fazer fica ficar ficaria ficou
    fiquei foi fosse gente gosta gostaria gostei gosto gostou grande guarda guardar ha hoje homem homens ideia igual isso
    isto ja jeito junto la legal leva levar lhe linda lindo lindos lindas logo loja lugar mae mais mal mande manda mandar mas maior me
    melhor menina menino menor menos mesma mesmo meu meus minha minhas mim moca moco moda momento mostra mostrar mostre muda mudar mudei muita
    muitas muito muitos mulher mulheres na nada namorada namorado nao nas naum nela nele nem nenhum nenhuma nessa nesse nesta neste ninguem no noite
    nos nossa nosso nova novas novo novos num numa nunca o obrigada obrigado oi oie ola olha olhar onde opa os ou outra outras outro
    outros pai para parece parecida parecido pela pelas pelo pelos pequena pequeno pera perai pessoa poderia pode podem podia ponto
    por porque posso pouco pra pras precisa preciso precisando prefiro preta preto preco precos primeira primeiro pro procura procurando procurar
    procuro pros proximo proxima q qd qual quais qualquer quando quanto quantos que quem quer queria quero quis queremos roupa roupas
    saber sabe salva salvar sao se seja sem sempre sendo ser sera seria seu seus sim sobre somente sou sua suas tal tamanho tamanhos
    tamb tambem tanto tao tava te tem temos tenha tenho tens ter teria teu teus tipo tira tirar toda todas todo todos
    trabalho traz troca trocar tu tua tudo um uma umas uns usar uso vai valeu vamos vao vc vcs ve veja vem ver vestir vestido vez vezes vi
    voce voces volta voltar vou vossa blz pfv pf porfavor favor tb tbm td mto mt mta bjs kk kkk rsrs nossa cara galera mano mina
    ajuda ajude ajudar cancela cancelar esquece esqueci apague deleta excluir exclua azul vermelha vermelho amarelo amarela verde
    festa casamento presente aniversario filha filho irma irmao marido esposa verao inverno escritorio barzinho combina
    combinar combinaria recomenda sugere achei assinar assina receber enviar envia envie semanal semana segunda terca quarta quinta sexta
    mil comigo veludo cetim maximo feminino feminina femininos masculino masculina esses emails gostava queres podes estas tens percebo telemovel giro gira fixe bue pequeno quais tarde obg vlw ok pronto pedir peco coloca colocar coloque
    """,
    "hi": """
    लगा लगी लगता लगती वाली वालों करूं होगा होगी रहा रही रहे गया गई गए
    है हैं हूं हूँ था थी थे का की के को से में मे मैं मेरा मेरी मेरे मेरेको आप आपका आपकी आपके तुम यह ये वह वो क्या क्यों कौन कब
    कहां कहाँ कैसे कैसा कैसी कुछ कोई भी नहीं ना न मत और या पर लिए लिये वाला वाले चाहिए चाहिये चाहता चाहती दिखाओ दिखाइए दिखा दिखाना दिखाये करो कर करना करें
    करनी करने कीजिए दो दे देना दीजिए दें लो
    ले लेना लेनी लूं लूंगा लूंगी ही तो बस सिर्फ थोड़ा थोड़ी थोड़े ज्यादा बहुत सब सभी अब अभी फिर जो मुझे मुझको हम हमें हमारा अपना अपनी अपने इस उस एक रंग कपड़े कृपया इसे इनमें
    उसे इसका इसकी इसके उसका उसकी उसके बताओ बताइए बता आज कल रोज बाद पहले साथ तक तरह कितना कितने कितनी जैसा जैसे जैसी भेजो भेज
    भेजना भेजें रख रखो हटा हटाओ हटाना देखना देखने देखो देखें देख सकते सकता सकती सकूं कल सुबह शाम यहां वहां अच्छा अच्छी अच्छे बेहतर ऐसा ऐसे ऐसी पूरा
    लग लगेगा लगेगी जा जाओ जाए आया आई आए गए हुआ हुई हो होना होता होती बारे पास दोनों दूसरा दूसरी दूसरे पहला पहली तीसरा तीसरी
    मिलेगा मिलेगी मिल सकती पहन पहनना पहनकर पहनने खरीदना कौनसा कौनसी मम्मी पापा बहन भाई बेटी बेटा पत्नी पति शादी
    """,
    "ar": """
    في فى من الي إلى الى على علي عن مع هذا هذه هذي هاي ذلك تلك التي الذي اللي ما ماذا متي متى اين أين كيف هل انا أنا انت انتي هو هي نحن لي لك
    له لها كان كانت يكون بعض شيء شي حاجه حاجة واحد واحده واحدة اللون لون لو سمحت سمحتي فضلك اي أي كل جدا قليلا ايضا أيضا فقط يا و او أو ثم
    لا نعم ليس ليست مش مو ممكن اريد أريد بدي ابغى ابغي ابي أبي عايز عايزه عاوز عاوزه نفسي محتاج محتاجه احتاج اعرض ارني وريني ورني شوف اشوف اري
    عندك عندكم فيه في عند بس كمان برضو شوي شويه شوية كتير كثير جميل حلو حلوه تمام طيب اوكي يعني لان لأن عشان علشان اكثر أكثر اقل أقل غير
    غيره بدون الان الآن اليوم بكره غدا امس ايش شو ليش ليه وين فين كم قد بعد قبل حتي حتى بين عندي معي كذا كده هيك هنا هناك هاد ده دي دول
    هذول اللى الى انه ان إن أن لكن بل اذا إذا لما قد سوف راح رح تقدر اقدر أقدر ينفع يصلح لازم خلاص يلا طبعا شكرا مرحبا اهلا السلام
    صوره صورة صورتي صوري ملابس لبس البس ألبس مناسب مناسبه للعرس لحفل حق حقي تبع مال حلوين زي مثل نفس فلوس سعر بكم بكام
    """,
}

SHARED = """
ok okay hi hello bye hey help cancel more next back size price photo pic photos try save email mail show delete please
pls plz thanks thank sorry change budget color colour party office style look stop start link share buy order cart
reset menu details detail best new sale offer list item product wishlist digest weekly daily black white red blue green
pink yellow grey brown cotton silk denim formal casual designer brand top same simple similar compare matching option options
options large small medium under below above first second third last one two three number free cash fit fitting type model
shop online super cool nice wow no si me con plus collection latest trend trendy fashion t shirt number yes yeah sure
brother sister bro dude sir madam mam birthday gift wedding summer winter fresh good perfect only full half
plain print long short light dark set suit pair piece range market week evening night lunch dinner video sports travel
dress shirt quality original return delivery review rating stock email wear cheap premium login account profile
"""
"""English words that people who write in other languages use as well; alone they tell little."""

TELLING = {
    "es": """
    camiseta camisetas remera playera polera pollera vaqueros vaquero chaqueta campera chamarra abrigo zapatillas tacones
    rosa amarillos amarillas verde gris morado morada marron algodon lino lana cuero encaje rayas cuadros lunares bolsillos mangas manga
    cuello escote estampado estampada flores larga largas corta cortas rebajas sueter jersey blusa traje sudadera botas bolso
    mochila gorra cinturon bufanda pantalones guayabera tenis barata pesos dolares invitada elegante comodo comoda
    """,
    "fr": """
    jupe chemise chemisier manteau veste pull baskets chaussures bottes talons sac ceinture echarpe foulard bonnet maillot
    noires noirs blanches bleue bleus bleues rouges verts vertes grise gris jaune rose violet violette marron coton lin laine cuir
    dentelle soie rayures carreaux pois fleurs fleurie manches manche courtes longues longue courte poches col mariniere
    soldes gilet blouson costume combinaison decontracte habille elegante elegant
    """,
    "de": """
    kleider hemd hemden bluse rock mantel pullover pulli hosen anzug schuhe stiefel turnschuhe tasche guertel muetze schal
    dirndl lederhose trachten tracht rotes blau blaue blaues blauen gruen gruene gruenes gelb gelbes gelbe grau graue graues braun braunes rosa lila
    baumwolle leinen wolle leder seide spitze samt gestreift gestreiftes kariert kariertes gebluemt gebluemtes langarm kurzarm aermel
    aermeln taschen kapuze rabatt angebot kurzes kurze langes enges weites sommerkleid abendkleid strickjacke bequem elegantes
    """,
    "pt": """
    camiseta camisetas saia calcas jaqueta casaco sapato sapatos tenis bota botas bolsa cinto bermuda moletom terno
    pretas pretos vermelhas vermelhos amarelos rosa roxo roxa marrom algodao linho couro renda seda listras listrado xadrez florido florida
    estampada bolinhas mangas manga comprida compridas longa longo curta curto decote bolsos promocao tamanco chinelo reais
    elegante confortavel camisola fato saltos sapatilhas fatos
    """,
    "hi-Latn": """
    kaala kaale kaali kala laal lal neela neele neeli hara hare hari peela peele peeli safed gulabi baingani sunehra joote jute chappal
    kameez dupatta chunni resham sooti oon halka halki gehra gehri lamba lambi lambe chhoti dheela dheeli
    """,
}
"""Words for clothes that belong to few languages."""
