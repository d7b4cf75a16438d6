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
    n near omg per percent pizza pleaseee plzz poem premium president python r rated score shimmer ship sob socket thnx
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
    aehnlich aehnliche aehnliches billiger guenstiger teuer teurer gefaellts nr nummer prozent obwohl trotzdem jedoch naja bloss halt
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
    primeiro segundo terceiro quarto quinto primeira terceira mil comigo veludo cetim maximo feminino feminina femininos masculino masculina esses emails gostava queres podes estas tens percebo telemovel giro gira fixe bue pequeno quais tarde obg vlw ok pronto pedir peco coloca colocar coloque
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
    fonce foncee fonces clair claire jupe chemise chemisier manteau veste pull baskets chaussures bottes talons sac ceinture echarpe foulard bonnet maillot
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

NEAR = """
schweizer schweiz warte musik hinten
aberta abertos abgesagt abiertas abiertos aboard abogados aborda aborde abri abriendo abrio abriu abschnitt
abuelos abzug academic academica academico academicos academie aceptado acompanada acompanado acompanhada
acompanhado acontecer acte actos adjusted adult adults aeroportos aeropuertos afastado afectada afectado affaire
affairs afiliados africana africanas agente agentes agradecer aguas aguia aiguille ajena ajuste akademie albert
altar alturas alvos aman amazonas amazonia ambito americain americaine americaines americains american americano
americanos americans americas amor amour ampel ampla ampliacao ampliar amplias amplo anchor aneis angeboten
angelegt angels angestellt angestellte angle anima animale animales animals annee annie ansaetze antigo antiguas
antiguos aparelhos apartado apertura apontado appart apples april arana area argentin argentine argument
argumente arise armar arrivait arrivant arruda artikeln artikels asesinado atentado athleten athletes atletico
atos atraente attentes aufgeben aufgestellt aufstehen augmente ausgaben ausgeben aussteigen austin ausueben
autos auvergne avancada avancado avanzada avanzado aventura avril bach baden bahn bahnen baia baie bail bailar
bailey baise baisser baixas bajas bajos baker balanced balancer balas balcon balkon ballot balls balon banc
bancos banderas bandes bandidos banks baptise baptist baptiste barcos barre barriers barro bart basada basadas
basados base baseadas baseados basicas basket basketball basque bass basses batallon bateaux bater baterias
bateu bath bati batir batman battle bauen bauer bautista beachten beachtet beans beard bears beats bebado beck
bedeutet bedeutete bedeutung beds beendigung belas beleidigung beliebten berco bereitet berg bergen berger berne
bernie besprechen bets bewegung bewegungen bewerben bewerber bewerbung bewerbungen bewerten bico bier bikes
billet billions billy biologie biologiques bisous bite blade blades blagues blake blame blank blase blasen blick
bloc blocks bloco blown blume boards boats bocado bock boeden bogen boire boit boites bolas boleto boletos bombe
bombeiros bomben bomberos bombes bonds bonos bons bonus boobs books boost boote booth bord borde bords bosse
botar botellas boten boton bottles bouches boucle bouclier boules boulogne bouteilles bouton bouts boxe boxen
boxeo boxes braga brain brains branches brass breach breathing briga brilhante brilhantes brillantes brillo
briques bruce brule bruna bruno brush brute buendnis bullet bully bullying bunch bundes burns burro burst buses
bush businesses busse buts butt caballeria caballos cabeca caca cacadores cachee cacher caches cachoeira cadre
caes cago caindo caio caire caisse cakes calado calar calculos calderon callado callar camada camara camaras
camera cameras caminhando caminhao caminhar camion camiones camioneta camions campagne campaign campanas
campanha campanhas campea campeoes campeones campinas campos camps cana cancao cancer cancoes canons cantando
cantores capaz caracas carcel card cardenas cardiaca cardinal carinho carlo carnet carreira carrera carreras
carres carretera carreteras carriere carriers carro carros carta carte carteira carteles carter casada casado
casal casco cases casser castillo casualties catalina cats cauchemar causados caza cazadores ceara cease
celebres celulares cenar cento centres centuries cercado cerradas cerrados cerro certas certos cesse chad chama
chamada chamadas chamados chamaram chamber chambers chame chamo champ championne champions chansons chant
chanteur chapa chapel chapters chars chase chasse chasseur chateau chaussee chauve cheat cheated chegado chegam
chegamos chegando chegarem cheia chemie cheminee chemische chien chilenos chimique chin chines chinesen chineses
chinois chinoise chips chocolat chofer chomeurs christian christians christus chupa chute ciclo ciego cielos
cine cintas claim claims claridad clases clash clasica clasificacion classical classicos classics claude claus
climbing clique cloche coal coast cobra cobro coche coffre coherence cola colecciones colegios colere coletivo
colgado coligacao colis collapse colleague colleagues collecte collegue collegues coller collines colombia
colombie colonias colons colorado columbus combate combatir combats cometido comi comida comidas comision
comisiones commodity communist community comodidad compania companion complejo complejos complemento completas
completion completou complexo complexos compliment composto comprado comprendo comprise comprises comprobado
compromis compromisos compromisso compromissos compuesto compuestos conceito conceitos concept concepto
conceptos concepts concern concerne concernes concerns concerto concertos concours concret concreta concretas
concrete concreto conferences conferencia confidence conforto connerie conocida conocidas conocido conocidos
conquete contado contador contando contatos contos conversao conversar conversas convert converted conviction
convierta convierte coordinator cope cops coque coran corazones corda cordas corde cordero corea coro coroa corp
corpo corporal corpos corra correccion corregir correia correta corridor corriger cortar cortou costado costumam
costumbre costumbres cota counties coup couper coupes cour courante courants courrier courtesy coutinho coutume
couverte couverts cowboys crane crea creas createurs crece credo creee creia creuse criam criatura crime crise
croire croiser croises croissance croissante cuadrados cuadras cuadro cuerpos cueva cuevas cuire culo cult
cumplido cumprimento cuotas cura cure curso cursos curtis curva curves custo custos dadas dalle damals damos
daria datas dated dealt debil decharge decirles decrire degager degradacao dejar demanda demandas demande
demanded demander demandes demandeurs demandez demands demarches denis dependant dependente deportistas deputado
derart derrotado descanso descendant descendants descendentes descendientes descenso descoberta descubierto
deserto desgracado desierto desperto desporto dessert destines destruye deva dever devil devra diarias diarios
dibujo dieselbe dile diplom diria disc discos disk distress dites divers dizer dobles dominio dominios donau
donos dons dores dorme dormi dormindo dormiu dotee doutorado drapeaux droht ducha duelo duree earning earnings
ease echanges echappe echapper ecoles ecologie economique edges egalement eglises eintreten ejercicios ejercito
electrica electrical electricas electricos electriques electronic electronico electronique elefanten elegance
elemente elements elephant eletrica eletricos eletronico emporte emporter empregado empregos encerrou encheres
encontrado encontrados encontram encontramos encontrar encontrei encontrou enero enfrentamiento enfrentar engage
engagee engagements engager engages ensalada enterado entering enterrado enters entiendo entierement entrando
entregar entrego entregou entrenador entrent entretient enveloppe erwachsene erwachsenen erwaehnen escala
escalada escogido escolar escolas escolha escolhas escuchas escudo escuelas escuta esenciales espada espaldas
espalhar especiais especies estacion estandar estarao estates estilos estimacao estimado estimate estreno
estudiar etiquetas etiquette etoile etoiles exercicio exercicios extracao extranar fachada facilidade factos
faculdades facultad facultades fadas faelle faith falhas falla falle falsas familles faria fausses feared
fechadas fechados fechando federais federales federn feiert feierte feiras feitas feministas fence ferai ferais
ferida feridas ferro ferry festivais fette feuilles ficha fieles fier fiers files filipe filmes finance financer
finances fios flags flaws fliegen flieger fliegt flies fliessen fliesst floating flooding flora flore floresta
florestas flows fluege flur followers fonction fonctions fondee fonte fontes forcada forcado formada formado
formados formally formando formatos formed formee formen former formerly formes formo formules forno foro
forzado fouilles fraction france francesas franceses franja franzosen freely freier freiheit freitas fria frias
fridge froide fruehe fuente fuerst funcion funcione funciono funda funerailles funktion furia fury futsal futter
gabe gaebe gains galaxia gallo ganadora ganan ganas gang gardens gardien gardiens garrafas garten gays geants
gehandelt gehts geistige gelassen gelder geldes gelten generos generoso generous genes genuinely geometry george
georges geplante gera geracoes gerador gerou geschickt gestalten gestaltet gestaltete gestanden gestartet
gestattet gesteckt gestoppt gewartet ghana gigantes gilt gimnasia ginasio ginastica glas globale globalen globe
goldenen gorda gordo gott grabacion graben grace grades graduacao grafen graficos granite gras gratidao gratuito
graus gravacao grave gravedad graves gravidade gravidez gravite grecs greek grise grove grube gruende gruenden
gruender guinea guns habiller haeusern haft hagan halbe hall halten haltet handball haran harter harvest harvey
hasst haus hautes hayan heads heilen heiraten heissen heisser helen hemos hessen hiding hiess highways hijas
hill hills hiring hizo hobby hoechste hoechsten hoeher hoelle hoer hofer hohen hohes holen holes homes hooked
hopes horses hosts hueco huele huesos huette huevo husbands igrejas imprimer imprimerie imprimir indiana
indianer indiano indians indias indica indicada indican indien inferior inferiores informado informar ingleses
ingresar ingreso ingresso ingressos inmenso intencao intensiv intento intentos interieur interiores internal
internas internen invitados invitation islamic jabon jake jane janet januar jardines jens jenseits jeune jeunes
joins jonas judge jueces juge juges jules juliette jumped june jung junger junges jungle juntar juntas juppe
jura justicia kalender kalt kalten karriere kerzen ketten khan kirchen kirchner klagen klappe klassischen koepfe
koepfen konkrete konnten konzept konzepte konzern konzerne korea kuerze kurden kurier kurse kurt kurve kurzem
lache lacher lacht lacks lacos laender laendern lagen lagos lama lamb lame lampe lanca lancamento lancaram
lancer landen landes landet lands lanes langues lanza lapin lara largar largest larmes lasst laterais laterales
latine latter laufe laufende laughter laune laurence laurent lauten lecker lecon leer leere lees legado legen
legendas legendes lehnte leicester leiche leichen leicht leichten leis leiten lemos lento leon leonard leonardo
leopoldo lernen leser leuchten levee levei level levels levres lewis leyendas leyes liban liberado liberais
liberals lichter liderada liderado linear linien linke linken links lion lions listado listas literal llamados
llegamos llegando lleguen llena llevado llevamos llevando lleve locken loest lois loses losses louer louise
loups lucas luces lugares luis lukas lutas luther luzes lycees maas macaco macacos machinery machines macron
madison maengel maennern maennliche maennlichen maerchen magasins magia magie mago maintenu maires mairie
maisons maitres malen maler mall malos malvinas mamae mamie manchas manchmal mandaram mangel mangels mangueira
manieres manila manoel mansion mantem manto manual manuel manzanas mapas maquinas marais maranhao marcada
marcados marcelo marcha maree margens maria mariana mariano mariee marier maries marines marinha marins marktes
markus maroc marriages marrocos mars marshall marteau martine martinez martins marvel mary masas mascara
mascaras maschine maschinen mascotas mask masks mason massa masse mata matar matt maturity maus mayores measure
measured measures medaille medal medalhas medallas mediados median mediante medica medicas medicina medico
medidas mediodia medios medir medo meilleur meio meistens mejorado mejoras melhorias memoires memories menge
mensajes mental mentales mente mercados mercedes merida merito mesas messer mesurer mesures meta metas metio
metre meurs mexican mexicana mexicanas michel midia midias miles militaer militaires militant militante
militares military millas mince minds minima mios mirada miradas miro mises missao misst mitteln mittels mitten
modernas modernen moderner modernes modernos modeste modos mona monate monats monkeys mont montage montagem
montagne montagnes montanas montanha montanhas montar moque moradia morador moradores moral morality morando
morava morra morre mortal mortales mortes moscu moses mosquito motiv motto mudo muenchen muenster muenze muenzen
mund mundos musculos museo museu musical musicale musicales musicas musician musicians mutti nachhaltige nackt
natation naval nebst needle nelas nenne netten netter nettes newer niedrige niedrigen niedriger nier niger nivel
nobres nomes normalen normaler normales noted noten noting nouveaute novel novidade nubes nunes nuts obscurite
offerts officers official officiel officiels officiers offizier offiziere offres oficiais oido oliver ombres
operar ordenado ordenador oreille organise organismo organiza organizar organize organizo organizou origenes
oscuridad ouverte ouvertes ouverts overcome overhead overtime overview paare pabellon pacte pagado pages painted
pakete palabras palacios palavras palmares palmeiras panorama papas paquetes parada paradies parentes pari park
parks parmi partei parteien partes particles partidas partidos partie partiel partien partis partisan partit
partiu partners pase passadas passados passierte passport password passwort pasta pastillas patches pate pates
patrol pattes pavillon paypal pearl peca pecado pech peches pedido pedimos peer pegando pegida peito peitos
pelea penal pendiente penis perdas perde perdida perdidas perdidos peres perfeicao perfiles perro pertes pesada
pesado peser pete petrolera petroleum pets philipp pierda pija pilar pile pill pills pilot pilotes pilotos
pilots pine pinta pirata pirates pistas plague plaire planche plancher planches planeado planejado planetas
planetes plantas plantear plantilla plataformas plateaux plateformes platos plattform plattformen player players
plazas plea plomb pluies plume plumes poetas poetes pointed policial policier policies pollo polls pommes pompe
pompiers pongan pongas pools populacoes populaire posta poules poulet praca pracas practices praesentation praga
pratos prayers prazer prazo prefeitos premieres premiers prenant preocupados presas presentacion presentaron
preservation press prestation pretendo priester primos printer prinz prit proches procurador profesional
profonde profound profs profundas progres projecao projetos prometio promocional promoting promotional promotor
proporcao proporcion proporcoes proportion protecao provas provocado provocar publique puisse pular puls pulse
pump punkt puree pursue puto putos quadrados quadrilha quartel quarterly quarters quartier quartiers quebrada
quebrado racas races rack raids raios ralf ramas ramon rand rankings rapides rapidez raras rares ratas raton
ratos rayo rayons rayos rays raza razas razon reaction rebecca recalled receitas recepcion recession recetas
recettes rechazado recordado recordando recorrido recortes recreation rector redaccion redaction redaktion reden
reduccion reduite reduzieren referida regel regeln regiones register regressar reife reifen reihe reihen reinen
reinhard reis reisende reissen reist reiten reiter rejection relata religiao religioes religion religions
religiosa religioso religious remis renard renata rendra repas repente repos resena reservas residente
residentes resistance resister respirar ressort restaurante restaurantes restaurants restera restored restos
reunido reunidos reunio reuniram reunirse reveille reveiller revenues reyes rezeption rica ricas riesen rinde
rindo risa risas riscos risen rises robado rocky rodada rode rodillas roger rolls romane rompe rompre ronda
rooms roots ross roster rostock rostos rostros rota rouler royale ruinas ruins runde runden runner runter russa
russe russo rutas saale sabias sabido sabine sachlich sacree safada saga saida saidas sain sainte saints saisons
sait salada salaires salao salaries salarios salas saldo salgo sali salida salidas salido salimos salio salles
salon saludos salvajes sanders sanitaria sanitario santarem santo santos santuario sapin sass satan satire satt
sauce saudades saude saudi sauve scales scandal scandale schale scharf schedule scheiden schein schicht schiller
schlange schmerzen schonmal schueler schuf schuld schulden schulen schulter schulz schuss schwachen schweren
schwule seas seasonal seasons seat seats secao secas seguidas seid selo selvagem senhora senhoras senhores senor
senores sensores sepas seras sere serrer sert sharks shaw sheep ships shooter shoots sides singh sitze sitzen
skandal skies slave slide slipped slower smallest snacks soares soberano sociales socialism socialist societes
sogar soins soirs sois sola soldiers solely solidao solides soltar solution solve sondages sonderlich sonora
sorrindo sorrir sorten sorti sortie sortira sortis sorts sostener sostiene sostienen soto southern soutiens
soutient soziales speaker speakers spite sportifs sportives sportler spots stable stades stations steel stein
steve sticking stil stimmung stoffe stolen stolz stones strecken streets streit streiten stretching strich
strict strike strikes strip stuffed suba subiendo subindo subio subsidio sucede sucia sued sueldo suele suelos
sueno suesse suffer suffered summary sung suppe supportive swear tableaux tache taches taeglichen tale talks
taller tapis tasa tasas tasks tatsache tatsachen tauchen teachers teaching tecidos tecnicas tempel tend
tendances tende tendency teniendo tent tenu tenure terao terminar terminer terminos termo terras terre terrenos
terres tese tesis tetas theaters threaten thus tier tiger tigres tipos titre tive toedlich toes toiles toilet
tomado tomatoes tonne tono tontos topic topics topo topped toten touchant touchent touches tours toxiques
trabajaba trabajador trabajan trabalhador trabalham trabalhava traces tracos tradicion tradicionais
tradicionales tradiciones traditionelle traditionellen traditionnelle traditionnels traer trailer trained
trainiert traiter traits trajet transparence transparency transparenz tratados tratan travaille travaillent
travailleur travailleurs traveled travers traverse traves trayecto treating tree treinador tren trennung trens
tribo trigo trikot trio trous trunk tuas tubes tuerkisch turkish turno tuyos tweet ubica umstaende umstand
underway unes uniao unicas unicos unida unido unio unites units universe universidades universitaet universites
universities urbain urbana urbanos valencia valentia valle vallee vantagem variaciones variation variations
vaste vean vegas veian venas vence vencido vendas vendedor vendendo vendeurs vendiendo vendio vendo vends vendu
vendue venho venido ventas ventre venue venues venus verres versagen versuche viaja viajeros vias vidas vide
viento vientos viii vilas villa vindo vine vinos viol violao violar violence violences violent violenta violente
violentes violento violentos violents violer virgem viste vivem viven viver viveu vivons vocacion vocation
volant volante vole volet volle vollen vormittag votaciones votantes voyageur voyageurs vuelo wales walks warmen
warner wars watched websites weine weis weise weisen welten wert werte west wette wetten wicked widerlich wien
wies wiese wieso winkel winners wives wooden wueste zack zellen zogen zones zunge
"""
"""Frequent words and names of several languages that a slip of the finger could have made out of ours."""

HOMOGRAPHS = """
en es fr de pt ar hi: bata
en: son bras bone mans lose wake lit once rust run rock hat
en hi-Latn: men man guy hot cap tan check tie sale net fur trip work working set daily suit red best fit cool rate
en hi-Latn de: date gold
fr: mere pull veste pois son fils rate fin ete sous pompes robe
de: hose rock hut lose weit eng rot hell lang fest mann
de fr: slip
es: saco mono media medias pana ante
pt: toca
hi-Latn: hara hare hari pila pili nila nili kali kale lungi patti oon pati
"""
"""Words for clothes and people in the languages before the colon; elsewhere they are everyday words."""
