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
    responde respondeme contestame hablame habla escribeme olvidate
    favoritos pagina atras dolares preferencia antigo antigua usa clara necesitas tipo
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
    reponds ecris oublie affiche milieu depenser depense
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
    vergiss verbinde verbinden antworte sprich mittlere mittleren mitte konto ausgeben ausgebe ausgibt
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
    responda responde fale escreve esqueca acontece indo tiro pegar levo visto vincula conecta
    algo sabes favoritos foto fotos dolares comecar comeco bora antiga antigo usa adiciona adicionar clara claro escuro escura preferencia pagina modelagem refaz refaca bolso soltinho desfaz ta folgado adoro completa longo longa gastar gasto gastando
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
aarav abogados aboya aboye abracada abracado abrazada abrazado abria abrimos aceitada aceitado aceitando
aceptada aceptado acepte acercada acercado acompanaba acompanada acompanado acompanamos acompanando acontecer
acostada acostado aditi adora adoraban adoraste affairs agra agradecer aguas ahorra aires alain albert allee
allein allent alley aman amaram amaron amelia amena amiguito amor amour ampel ampoules anes angels anima animan
animar animas anke ankles annie antigo aparcada aparcado apartaba apartada apartado apartando apertas aperte
appart apple apples aprem april aprobada aprobado aptes apuntada apuntado area argents argument armer arranjada
arranjado arriva arrivai arrivais arrivait arrivant arrivee arrivent arriver arrivera arrivez arrivons arruma
artes aruna asar asustaba asustada asustadas asustado asustados asustando atar aufstehen augmente augmentee
augmentes aumentes aunts aurai auras austin avanzada avanzado avisamos avisaste aviso avril baadal bacana bach
baches baden bahn baignai baignais baignait baignant baila bailada bailar bajada bajado bajen baker baladais
baladees balades baladons balas balaya balayais balayons balcon balcones balcons balkon balle balles balloons
balls balon banada banado banale banales banan banana bananas banas banata banc banco bancos bancs bandas bande
banderas bandes bands banen banes banks bans baptiste baraf barre barro bart base bases basin basins basketball
batam batan batata batatas baten bater baterias bateu bath baths bati batia batian batiendo batio batir bats
baue bauen bauer bean beans beard beards bears beate beats beban beben beds beijou beisse belas belge bello
bells bellt belos bench benches berne besan bese besen bestie besuchend beten beule bewegten bhaari bhains
bhajiya bharat bharti bhel bhindi bhookh bhuka bhula bhumi biene bier bikes bikni billet billi billy bins birne
birte bisou bisous biste bite blade blades blagues blake blame blames blank blankets blase blasen bles blessons
blick blickend blocks bloco blode bloden blodes blogs bloqueen bloquees bloquons blown bluhe bluhen blume blute
bluten boats bocas bodo boire bolachas bolas boleto boletos bolos bolta bombe bombeiro bombeiros bombero
bomberos bombes bonus books booms boost boosts bora bord bords borge borramos borrando borras borro bosen boser
boses bossa bosse boten botes bottles bouchers bouches bouder boudons bougeons boules bouts boxes brach brain
brains branch branche branches braut bravas breads brefs bremsten bricht bridge briga brigas brighton brigo
brillais brillait brillamos brillando brillas brillaste brillees brillent brilles brillons brinca brincamos
brincas bringt bromeado bromeando bromee bromees bruce brule bruler brules brume brumes bruna bruno brush
bruyante bruyantes bucke bucken buckst buckt buckte bullet bunch bunches burai bure burlando burns burra burro
burying buses bush butchers butter buzon caballos cabeca cabellos cabos cabra cace caces cacha cachee cadeados
cadre cafard cages caigo caimos caindo caio caisse cajas cakes cala calada calado calar calas calentaba
calentada calentado calido calidos caliento calla calladas callado callados callamos callando callar callas
calma calmado calmamos calmando calmas calmen calo calores calou calva calvas camara camaras camarero camareros
camas camera cameras camila camina caminaba caminaban caminada caminado caminamos caminas caminhao camion
camiones camions campagne campeoes campeones campinas campos camps campsite cancer cansa cansaco cansacos
cansadas cansados cansamos cansas canse canso canta cantamos cantan cantando cantaron cantas canto cantores
cantos capaz capucine caraca caracas carcel card cards cares cargamos cargas carine carinho carinhos carlos
carol carottes carpetas carregas carrera carreras carretera carreteras carro carros carta cartas carte carteiro
carteiros carteros carts casaba casada casado casados casal casamos casas casava cases casos cassa castigan
castigas catalina cats causamos causando causons caves caza cazado cazas ceara cega cegas celebres celulares
cenada cenado cento centre centres certa certas certinho certos cerveaux chaat chadha chadhi chairs chali chalna
chama chamada chamadas chamak chamaram chame chamo champ champignon champions chana chandan chansons chanta
chantais chantait chantal chantera chanteur chapters chargera chargeur chariots chase chassa chasse chassons
chata chatas chateau chateaux chauffes chauffons chawal cheat cheated cheek cheeks cheer chefe chefes chefs
chegamos chegando cheia cheirado cheiraram cheire cheminee cheminees cheque chercha cherries chess chevre
chevres chews chhoda chhode chhodi chhodta chhodte chhodti chhupa chhupti chhuuti chien chile chili china
chinois chips chitra choca chocas choco chocolats choisies chopped chora choraram chore chori chova chover chovi
christian chuha chuka chukni chukti chuta chutai chute chutee chutki ciego ciels cine claim claims clapping
claps clase clases classe claude claviers clica clicas clico climbing clique cloche coal coals coarse coast
coasts cobra cobraron cobro coche cocine codes codo coes coitado coitados cola colas colere coleres colette
colgada colgado colgando colgar colheres colis colla collai collais colleague colleagues collecting collects
collee collees collegue collegues coller collines colo colou comb combs comem comer comeu comi comida comidas
comido commencons compa competas competes competida competido competio competo complain completada completamos
compraba comprada comprado compramos comprava comprenda comprendas comprendo comprobada comprobado comptera
comptons comunica comunican comunico conectes conforme conserta consertas conserte conserto contado contando
contaron conte contentas contentos conto convidas copas copian copie copiee copien corbeaux corda cordas corde
cordero corderos corea coree corners corns corpo corpos corra corras corre correctas correio correios correm
corremos corren correndo correram corres correta corretas correto corretos corrigea corriger corriges corrio
corro corse cortaron cortes coses costumbre costumbres costuras costure costurei costurem cotes coude coule
couler counts cour courages coureur courrier courriers courtney couru cousines coussins couta coutee coutes
coutons couverts cozinhada cracha crache crachent crachons creamos crean crear creas creaste creia crept criam
crime crise croire croisait croisant croisent croisons crows cruzamos cruzo cuadernos cuadras cuartos cueva
cuevas cuidando cuido cuire culpados culpando culpo cumplida cumplido cumpre cumprida cumprido cumprimos
cumprindo cunas cura curando curas cure curo curry curso cursos curtains curte curtimos curtindo custando custas
custo custos daant dairy daisy dales damien damos danas dane danen danes danielle dares dari darks darne datas
datei daudi daumen dawns deads dealt debil decidees deckte declares decrire dejar dekar delas demanda demandai
demande demandee demander demandez denies denis depechant dependida depensant derangees descanso descendo
descobro desee desierto despedia despedian despedir dessert desserts deva devam dever devil dhaniya dharti dhire
dhool dhoondh dhoondho dhula dhule dhuli dibujamos dibujas dibujes dikho dile dilli dinees dineros dines diria
discutera dishwasher disk disks dites divers dizer doler donnais donnes donos dons dores doris dorme dormi
dormidas dormidos dormimos dormindo dramas drapeaux draps dreaming dries drips droht drohte drowns ducha dulhan
dull dune dunga dunner dura durada durado duree durees durma earning echanges echappe echappee echappees
echapper echappes echappez ecoutais egale ejercito elephant elephants elise emporte emportee emportees emporter
emportes emportez empresas empresto encontra encontrado encontramos encontrar encontras encontre enero enfermes
engage engagea engageai engageant engagee engagees engagent engager engagera engages engagez engordes ensalada
ensaladas enter enterado enteramos enteraron enteres entering enters entiendo entieres entra entrando entrego
entreguen entren entrenen entrent entrera entro epaise epousais ernstes escapada escapado escaping escoga escoge
escoges escogido escolha escolham escolhia escondes escova escuchas escuches escuta escutada escutado escutando
escutas escute escuto esperada espertas espertos espesa espeso esquinas estacion estao estaste estragada
estragado estragando estudado estudiar etais etoile etoiles expresa expresan expresar expresas exprese expresen
expreses expreso extranar fache facher fails fainting faith falada falas falla fallas falle falles fallo falsa
falsas faltas familles fancying faria faro fasse fates fati fayda feared feder feias feiert feiger feiner fell
fence fences fera ferai feriados ferma fermais ferme fermes ferry fers fertigem fervia festes feta fetching
feter fette feuer feuilles fever ficha fieles fier fiere fiers fijar fikar filee filees files filipe filled
fills filma filmes firoz flacos flags flame flashing fliegt fliehe fliesse fliessen fliesst flirting floating
floats flood flooding floss flour flours flowed flown flows folha folle folles follower fone fonte fontes
fooling forces formada formado formamos forman formando formar formas forme formed formee formen former formes
formez formo forno fouilles fralda fraldas france francisca frangos frech freie freier freiheit freinais
freinait freinees freinent freios frenaste frene fresa freue freuen freuend freute fria frias fridge fridges
friere fries frigos fromages fromm fuels fuente funcione funciono funda futebois futter gaadi gabe gaben gadha
gaega gagna gains galaxies galla ganan ganas gande ganes gang gangs ganha ganhas ganna gans gara garai garda
gardee gardener gardent gardons gare garee garera garons garten gastaste gaunga geandert geants gebe geblickt
geblutet gefastet gegen gegessen gehalten gehandelt gehore gehts gehustet geige geklettert geklickt geklopft
gelassen gele gelte gelten genantes gendre gendres gene gener generous genes genro gentes george georges gera
gere geschickt gesessen gespuckt gestanden gestartet gesteckt gestellt gestimmt gestoppt gestreikt gesunder
gewartet gewitter gezeltet ghana ghante gharwale ghoom ghoomne ghumane ghusne ghusta ginna glas glatter glissees
glisses gorda gordas gordo gordos gore gosse gosses gott graba graban grabaste grabe graben grabes grabs grace
grade grades graisses gram grams grandi grandie grandies grandira grandis grange grannies grant grape grapes
gras grass grasses grattees grattent gravada gravamos gravaram gravava grave graves greek greet greeting greets
greife grilles grin grins gripes grites grossas grossi grossie grossies grossis grossissez grossos grund gruss
grusse guests guiada guida gulab guns habile habiles habitees hafta halfte hall halle halte halten halwa hambre
hambres handtuch hanna hansta harry harta harte harter harvey hase hasst haste hati hatni hatti hatts haunting
haunts haus haust hauten havai hayan heads healed heals heat heile heilen heiliger heissend helen helfe hells
helpless herbs hermann hessen heule heulen hiding hiess hijas hill hills hires hiring hiting hizo hobby hocher
hoer hohler holen holes holle homes hopes horen horse horses hosts houses houve howdy huele huevo hungers huste
imprimia imprimir indira inferno infernos infierno infiernos inteiros intento internet invitais invitait
invitant inviten invitera invites irmas jaaga jaage jaagi jaagne jaana jaani jabon jackie jake jalane jali jalne
jalni jane janet jantam jantamos januar jardines jeeja jeena jeetu jens jetes jeune jeunes jhoola jhootha jhuka
jhuke jodta jodte jodti jogas jogged joies jonas joues jucke jucken juckt judge judi judta judti juge juges
jules juliette jumped june jungle junta juntar juntas junte junten juntes jura juraba jurai jurais juram juran
jurar juras jures jurgen justes jyoti kaan kaata kaate kaati kadva kahle kahte kalender kamal kamin kamla kamm
karod kate katte kauwa kayla kehle kerze kettle kettles khan khanna khati khayi khela kheli khelte khila khola
kholi khuda khudi kirsche kismat klagen klappe knappe knappes kneeling knist knite knots konnten korea kriegten
kudta kudte kudti kursi kurt kurve kuste kutta kutte lacha lache lacher laches lachst lacht lada ladai ladi
ladna ladne ladni ladra ladre ladren ladres ladron ladta ladte ladti laega lagne lago lagos lakdi lake lakes
lama lamas lamb lambs lame lamha lami lampe lanca lance lancements lancen lancer lances lande landen landend
landet lands lane lanes langue langues lanza lanzas lapin lapins lara larme larmes lasse lassi lasst latas lauki
launch laune launga laure laurence laurent lauten lavada lavas laves leader lease leaves leber lebst lechugas
lecker leckere leckerem leckeren leckerer leckeres lecon leela leer leere leeres lees legen legst lehne lehnen
lehnte leiche leiden leihen leine leis leisen leiten leites lemos lendo lentas lento lentos leoes leon leonard
leonardo lernen leser leuchte leuchtest leuchtete leunga levais levantas levantes levas levee levees levei level
levels levem lever levre levres lewis leyes licht licked ligas likha likhe likhenge likho lina lines links lion
lions lios listas listos lists litre lived lives livra lixos llave llegamos llena llenado llenamos llenando
llevado llevamos llevando lleve lleves llovia locke locked locken logging logos logs lois longe longes loste
louais louees louer loues louise loups lowe loyer luas lucas luces lucknow lucks lugares luis lukas lunas lung
lunge lungs lutas luzes maalik maan maana maane maanga maangni maango maani maanna maano maare maarenge maari
macaco macacos macha machar maches machtige macios madison maes maezinha magasins mahima mahina maids maigres
maigries maik mainz maire maires maitres major malai malen maler malin maline malins mall malls malos malte
manaa mancha manchas manchmal mandaban mandaram mandaron mandas mandel mangea mangeais mangel manger manges
manieres manon mansa mansas manso manta mantas mantener manuel manzana manzanas mapas marcada marcado marcando
marcaron marcela marcelle marcelo march marcha marchada marchado marchees marches marching mare mares maria
marian mariana marianne mariano marin marins mario marion maris markt markus marna marne marni maro maroc
marraine marraines marrocos mars marteau marteaux marti martin martina martine mary masala masas maschine
mascotas mason massa masse mata matan matar matas maten materia materias mates matias matieres matos matt mattes
maus mayo mayos meanings median mediante medico medo medos mehta meike meis meistens mejora mejorada mejorado
mejoro melhora melhoram melhorar melhoras melhorei melhorem melhoro melhorou melting memoires memories mena
mends mene mener menes menge menons mensajes ment mental mentia mentimos mentindo mentiras menus mercedes meres
merida mesas messer messes meta metas metes metia metida metio metre meurs mexia mexicana mexida mezclado michel
mieses minas mince minds mines minor mios mirada miradas mirado miro misas mitte moaning moans modas modes modos
moes mogen moindres moine moines mojada mojadas mojado mojados molha molhadas molhados molhar molhas mona
monsters montee montees monter montera montes monto montse moons moos moque moquee moral moramos morangos moras
morda mordi mordo morgan mornos morra morram morre morschem morschen morscher morsches mortes moscas mosquito
motos moues mourning moves mowe muder mudo mudti mund munster munter munteres munze museo museu musicas musse
naan nackt nades naht namoramos naraz nascht nata natas navidades navio necesiten necesites needle neel neelam
nega negar negas nego nelas nenne nest netas nette nettem netten netter nettes neve neves nicke nickt nickte
niee nier niere niese nieva nieve nikita nions nivel nochn noise noises noites noiva noivas noivo noivos nomes
noons norma norman norte nortes noses notada notas noting nouveaues novel novios nubes nudel nuera nuts obscures
observes ocultos offen offert officer officers offre oido olia olives olivia olivier ongle opfer orage orages
orden ordens oreiller oreillers organice organicen organisa organisai organise organiza organizan organizar
organizas organizo osera ovens paani paapa padhe padhega pagada pagado pagal pages pahunche paint painted paints
paka palabras palacios palata palato palavras palos panal panda panes pani pantalla pantallas papas paquetes
parada paras parda parei pareiles parentes paria parie paries park parke parks parkt parkte parla parles parmi
parta partas partes partez parth partidas partidos partieron partimos partly partners parts passados passierte
password passwort pasta paste pasted pastes pastilla pastillas pasts pate patel pates patli patna patos patte
pattes patty pauna paya payai payais payer payera paypal peace pears peces pech pecha pedia pedimos peel peeled
peels peena peene peeta peete peeti peeto peeya peeye peeyi pegas peint peito peitos pelea pelearon peleaste
pelee peler pelera peles peli pens pensa pensant pensas pente pentes peras perca perco perda perdas perde
perdida perdidas perdidos perdonas permites perro perte pertes pertinho perto pesada pesado pesas pescas peser
pets pflaster phasi phasti phata picantes picky pides pieles pierda pilar pilata pilaya pile pilha pill pillai
pills pilot pilotes pilots pinches pinos pins pinta pintaron pinte pintes pinto pisa pisada pisado pita pizzas
placa placera placeres plaie plaies plaire plais planche planches planeaba planeada planeado planeamos planeando
planeas planes planetas planetes plano planos planta plantais plantas plantees plantera plants plat plate plates
plato platos plats platz player players plays plaza plazas plead pleaded pleads plein plenas pleurons plie
plonge plugging plume plumes plums poder podre poele poets pointed points pokes pole poles poli policier
policies polis pollo pollos polvos pommes pompiers ponga ponho ponta pontos ponts pools posera posible pouce
poulet poussees poussera povos power praca pracas practique praise prato pratos prayed prazer prazos precis
precise precisei precisem precises predio preguntada premio prennent preocupados prerna presentaron pressant
presse pressees presta prestas presto pretais preter pretes pretons prets prevents previously pria priant pride
prie priee prient priera pries priester primos prince printer printers prinz pris priscila prise prize probamos
procurada procuramos prof profonde profonds prometas prometian prometio promotes promoting prouva provamos
provando prufe publiera publique puisse pular pulas pule pulei pulmon pulver punches pune punho punhos punjab
pures puse puto quanta quartier quartiers quebrada quebrado quedando quejando quemando querria quieta quietas
quintais quintal quitando quitas quitta quittais rabat raced races racing rack racks racontes rages rails ralee
ralees rales ralf raman ramas ramon rana ranas rangeant rangee rangees rangeons rangs rapid raras rares rasai
rasais rasee rasees rases rashmi rassi rassures ratas raton ratos raues rayo rayos rays raza razas razon
reacting rebecca receipts receitas recetas recettes rechnete reclamada reclamado recordada recordado recordando
reculent reddy reden regaba regada regado regal regala regalada regalado regalas regel regeln regem regne reibe
reiben reife reifen reihe reine reinen reiner reinhard reisse reissen reissend reite reiten relaja relajaba
relajada relajamos relajas relajes relating released rellenas relou remercia renard renata renne rennen rennes
renoncer renta rentas reparada reparado reparant repas repos reservas reshma respetas respiraba respirada
respirado respiram respiran respirando respirar respiras respiraste respirava respiren resta rested resto restos
reunia reunian reunido reunieron reunimos reunio reveilla reveillai reveillant reveille reveillee reveillent
reveiller reveilles reveillez revent rever revera reyes rezas rezem rica ricas riese rindo ringe rippe risa
risas riscos risen roasting robada robado robs rode rogada rogado roger rohen roher rohes roles rolls rollt
rompemos rompre ronda rondas rone rooms roots ropes rosana rosi rosie ross roste rosten rostock rostos rostros
rots roubamos roube roue rouen roues rougie rougies rougis roules route router routes roya ruining ruins rulana
rundes ruses russe rutas saala saali saans sabao sabias sabine sabrina sacks safada safado safados sagar sages
sagte sagten sahen saida saidas sails sain saine sains sait salada salado salados salaries salarios salas salbe
salgados salgo salia salida salidas salim salimos salles sally salman salon salt salta saltamos saltar saltas
salte salten saltes salts salue salues salvador salvajes salvamos salves samen samir sanas sangeeta sanos santa
sante santiago santo santos sapin sapins sapos sara sarita sarten sartenes sass satt satte satten sauce saudades
saude saufe sauta saute sauve saves scales scandal scandals scare scares schadest schaf schale scham scharf
scharfem scharfen scharfer scharfes schatzen scheiden schein schiefes schlange schlanker schlauer schlaues
schleiche schlimmer schlucht schluck schmecke schmeckst schmeckt schmelze schnauze schonmal schrager schrages
schuften schuld schulde schulden schuldet schuler schulter schuss schutzen schwaben schwache schwachem schwachen
schwacher schwaches schwager schwanke schwanken schwanz schweizer schwerem schweren schweres schwitze schwitzen
schwitzt schworen sealing seas seat seats secas secos secs sedes segundos seife seize selber seltenes semblais
senhora senhoras senhores senor senores senta sentas separais separees sequen seras serge serie sert settling
severe shakes shames shant shapes sharam shares shark sharks shaves shawn sheep sheeps sheet sher shifts shocks
shook shops shor shouting shouts shoves shuts sides siede sieden silke silla silta silvia simma singe singh sips
sitze sitzen skies skips slaps slave sleeps slices slid slipped slows smelling smells snacks snows soaks soche
sofra sofro soifs soignees soils soins sois sola soldiers solle solls sollt soltando soltar solte solve solves
somme sommeils sommet somvaar soportas soportes sorciere sorcieres sorrindo sorrir sors sorti sortie sorts
sorvetes sota soti soulever sounga sour sozinhas spades sparing sparking spart spate spaten spater speaker
speakers speaks spelling spies spilling spots sprang spraying springe springen spritze sprung spurt staat stable
stack stacking stacks staff stain stains stale stall stank starts starve starves stations steaks stealing steer
steifen stein steve sticking stiff stirs stolen stolz stolze stolzes stone stones stort stove stoves streiken
streikend streikten streit streiten streitend strengen stretching stricke stricken strickst strickt strickte
strict strike strikes stritt stufe stuffed stummer suba suban subas subia subindo sucede sucia sucias sucos
sudas sude sudha sueldo suele sueno sueur suffer suffered suites sukh sulate sumia summe sunde sunega sunna
sunta sunti supe suppe surfed swear sweated sweep swept swimmer swimmers swinging swung sylvia taal taala taale
tableaux tables tache taches tails talks tamos tanke tanken tankst tankt tankte tanzte tapamos tapar tapen tapis
tapons tardan tarta tartas tarte tartes tasks taube tauche tauchen tauchend tauchten tauge taxes taylor teachers
teaching teile temida temido tempel tend tending tendo tends tenia tenian tenir tense tent tentas tento tents
terco terminar terminer terra terras terre terres tetes thaka thake thakne thanda thela thons threaten threw
thus tick tier tiger tile tiles tinka tinte tipos tiree tirer titre tive toalla toallas tobe toca tocas todi
toes toilet tole tomado tomas tomes tones tonto tontos toor toota tootta tootunga toros tosas tose toses tosse
totest totet toucha touchais touchant touchees touchent touches touchons tours trace traces tracking tracy
trades trae traer trainais trainant trained trainees traines trainons trains traitees traiter traitera tranches
trane trank trapping tratan trate trates traue traversa traverse treating tree treinamos tren trennung trens
trials tricha trichais tricking tricota tricotai tricotais tricotait tricotant trieb tries trigo trisha trous
truck trucks truco tubes tuees tulpe tunes tunis turkish turno turnos tushar typed ulta unes unia unida unido
unio unira unites units unnis usee vacias vagas valencia valentina valer valle vallee vallees varun vaste vastes
venas vendas vende vendemos vendes vendeurs vendo vends vengo venho venme vens ventre ventres vera verdades
verite verites verlo veroes verre verres verse verses versuche vestimos vete vetter viajem vicky vidai vidas
vide vides vienes viento vientos vierges vies vikas vindo vine vines vinos violao violent violente violentes
violents viras visas vises visitons viuvas vivam vivan vivantes vivek vivem viver viveu vivez vola volcanos vole
volle vollen volontes voter vuelo wach wache waches waer waers wagst wagte waited waiter waits wales walks walls
walter wander wandered wandering wanders wapis ware warmed warms warne wars warst warte wasch wasted websites
weigh weighs weils weine weinte weise weisen weiser welle wert wesen wespe west wette wetten wheats whistled
whistles wicked wickele wickeln wickelst wickelt wickelte wien wies wiese wieso wille winkel winners winziger
wisse witch witches woken wolke wollten wooden woods writer writes zauberst zielten zones zoya zunge بيتها بيتي
زهره صديقه عملي
"""
"""Everyday words and names of several languages that a slip of the finger could have made out of ours."""

HOMOGRAPHS = """
en es fr de pt ar hi: bata
en: son bras bone mans lose wake lit once rust run rock hat
en hi-Latn: men man guy hot cap tan check tie sale net fur trip work working set daily suit red best fit cool rate pendant
en hi-Latn de: date gold
fr: mere pull veste pois son fils rate fin ete sous pompes robe
de: hose rock hut lose weit eng rot hell lang fest mann
de fr: slip
es: saco mono media medias pana ante
pt: toca
hi-Latn: hara hare hari pila pili nila nili kali kale lungi patti oon pati
"""
"""Words for clothes and people in the languages before the colon; elsewhere they are everyday words."""
