"""Words around people's names: titles, particles, jobs, greetings, the ways a letter ends."""

from bot.text.normalise import split_phrases, tokens

TITLES = frozenset(
    tokens(
        "mr mrs ms miss mx dr prof sir madam lady rev fr capt monsieur madame mademoiselle mme mlle mle m "
        "me maitre docteur professeur abbe soeur sr sra srta senor senora senorita don dona ing ingeniero "
        "ingeniera lic licenciado licenciada doctor doctora arq arquitecto arquitecta prof profesor "
        "profesora hermana padre cp dra profa"
    )
)
SPOKEN_TITLES = frozenset(tokens("m me don cp lady sir miss fr padre maitre soeur hermana doctor capt ms"))
"""Titles that are also words or initials: they count only with a capital."""
PARTICLES = frozenset(
    tokens(
        "de del della di da do dos das du des d la las le los van von der den het ter ten te bin binti ibn "
        "ben al el abu st saint san santa mac mc o y i e zu af bint ould"
    )
)
"""Small words inside a name, always followed by another part."""
DE_SURNAMES = frozenset(
    tokens(
        "carmen pilar rosario leon castro jesus oliveira la las los rio rios valle campo gaulle villiers "
        "souza sousa paz luca palma vega haro arco avila dios miguel pablo diego cordoba toledo burgos "
        "soto santis vargas guzman sa silva almeida melo lima cruz torre fuentes rosa garza reyes angeles"
    )
)
"""After “de” these continue a surname: María de León."""
DE_LA_SURNAMES = DE_SURNAMES | frozenset(
    tokens(
        "fuente hoz mata parra "
        "puente barrera serna calle guardia maza mora riva rua sierra huerta nava cuesta colina concha "
        "pena castillo pozo toro moral olmo rey pino prado barrio bosque monte angel alamo aguila corral mar "
        "hoyo sol val vecchio santos cobos heros monteros palacios heras casas cuevas nieves "
        "mercedes fontaine tour roche porte croix motte bruyere vallee rochefoucauld bois plessis puy jardin "
        "mas bellay chatel"
    )
)
"""After “de la”, “del” or “du”."""
JOBS = frozenset(
    tokens(
        "manager director head officer owner founder cofounder ceo cto cfo coo assistant administrator "
        "coordinator supervisor engineer technician accountant bookkeeper receptionist secretary lead "
        "consultant clerk dispatcher partner chief executive foreman intern analyst specialist operator "
        "directeur directrice responsable gerant gerante secretaire assistante comptable technicien "
        "technicienne chef cheffe chargee charge ingenieure stagiaire president presidente associe "
        "associee dirigeant dirigeante patron patronne coordinatrice coordinateur adjoint adjointe "
        "gestionnaire standardiste gerente directora jefe jefa encargado encargada responsable "
        "resp dir mgr asst coord administrador administradora secretaria secretario contador contadora "
        "contable auxiliar "
        "coordinador coordinadora supervisora tecnico tecnica dueno duena propietario propietaria socio "
        "socia presidenta asistente analista recepcionista administrativo administrativa"
    )
)
DEPARTMENTS = frozenset(
    tokens(
        "office operations ops accounts accounting accountancy finance sales marketing support purchasing "
        "payroll hr it admin reception department dept team desk helpdesk facilities logistics warehouse "
        "legal billing customer service services human logistique produccion production entretien maintenance "
        " resources bureau comptabilite compta facturation "
        "accueil rh ressources humaines informatique achats commercial commerciale direction service "
        "standard secretariat pole exploitation qualite contabilidad ventas compras sistemas facturacion "
        "administracion recepcion recursos humanos finanzas almacen departamento area informatica soporte "
        "calidad logistica operaciones"
    )
)
DAYS = frozenset(
    tokens(
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat "
        "sun today tomorrow yesterday january february march april july september october november "
        "december jan feb apr jul aug sep sept oct nov dec lundi mardi mercredi jeudi vendredi samedi "
        "dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
        "hier demain lunes martes miercoles jueves viernes sabado enero febrero marzo mayo junio julio "
        "agosto septiembre setiembre octubre noviembre diciembre ayer manana"
    )
)
NATIONALITIES = frozenset(
    tokens(
        "english french spanish american british italian german swiss portuguese irish scottish welsh "
        "belgian dutch mexican argentinian colombian canadian indian nigerian polish anglais anglaise "
        "francais francaise espagnol espagnole belge suisse canadien canadienne allemand allemande italien "
        "italienne portugais portugaise espanol espanola frances francesa ingles inglesa mexicano mexicana "
        "argentino argentina colombiano colombiana peruano peruana chileno chilena venezolano venezolana "
        "catholic muslim jewish"
    )
)
GREETINGS = frozenset(
    tokens(
        "hello hi hey hiya heya morning afternoon evening good greetings dear there team all everyone "
        "everybody guys folks howdy bonjour bjr bonsoir bsr salut slt coucou cc allo hola ola buenas "
        "buenos dias tardes noches buen dia muy que tal saludos estimados estimado estimada oye oiga "
        "disculpe disculpen sorry excuse me excusez moi yo sup equipe toute l a tous et bien to support "
        "equipo messieurs dames alo mire oui yes yeah este bueno"
    )
)
HELLO_STARTS = frozenset(
    tokens(
        "hello hi hey hiya heya morning good greetings dear howdy bonjour bjr bonsoir bsr salut slt coucou "
        "allo hola ola buenas buenos buen muy saludos estimados estimado estimada oye oiga disculpe "
        "disculpen sorry yo ok so alo bueno oui yes yeah"
    )
)
FILLERS = frozenset(
    tokens("uh um uhm er erm eh euh heu ben bah este pues ehm hmm mmm so like well ah oh just")
)
"""What voice dictation writes down between two words."""
FRENCH_STARTS = frozenset(
    tokens("bonjour bonsoir bjr bsr salut slt coucou allo ici je j suis c moi mon madame")
)
"""Before a name these tell that it stands in French, where “de la” hardly ever continues a surname."""
CLOSINGS = frozenset(
    tokens(phrase)
    for phrase in split_phrases(
        "regards,kind regards,best regards,warm regards,warmest regards,many thanks,best wishes,"
        "all the best,sincerely,yours sincerely,yours faithfully,yours truly,cheers,thanks,thank you,"
        "thanks a lot,thanks so much,thank you so much,thanks in advance,thank you in advance,"
        "thanks and regards,thanks kind regards,best,br,rgds,kr,ta,thx,tks,tia,respectfully,cordially,"
        "with thanks,many thanks in advance,much appreciated,thank you very much,have a good day,"
        "have a nice day,cordialement,bien cordialement,tres cordialement,cdt,cdlt,bien a vous,bien a toi,"
        "sinceres salutations,salutations,salutations distinguees,mes salutations,meilleures salutations,"
        "respectueusement,amicalement,bonne journee,bonne soiree,bonne reception,merci,merci d avance,"
        "merci beaucoup,merci par avance,merci bonne journee,merci et bonne journee,en vous remerciant,"
        "avec mes remerciements,belle journee,bonne journee a vous,belle journee a vous,"
        "bonne soiree a vous,dans l attente de votre retour,merci de votre aide,merci pour votre aide,"
        "bien sincerement,crdlt,saludos,un saludo,saludos cordiales,un cordial saludo,cordial saludo,"
        "cordialmente,atentamente,atte,att,muchas gracias,gracias,mil gracias,gracias de antemano,"
        "muchas gracias de antemano,muy atentamente,reciba un cordial saludo,reciban un cordial saludo,"
        "le saluda atentamente,sin otro particular,quedo atento,quedo atenta,quedo a la espera,"
        "que tenga buen dia,buen dia,un abrazo,abrazos,gracias y saludos,slds,gracias por su ayuda,"
        "de antemano gracias,de antemano muchas gracias,agradezco su ayuda"
    )
)
"""How a letter ends; a name follows."""
