"""Words in company names, what isn't one, and names of products that sound like one."""

from bot.text.normalise import split_phrases, tokens

SUFFIXES = frozenset(
    tokens(
        "pere veuve ltd limited llp llc inc co corp corporation plc gmbh ag bv nv pty sarl sas sasu eurl "
        "sa sl slu srl scop scs snc cia asociados associates sons bros brothers daughters fils filles "
        "freres soeurs hijos hijas hermanos hnos partners associes group groupe grupo holding holdings cv "
        "sc spa asbl"
    )
)
"""Words that end a company's name and hardly occur elsewhere."""
TRADES = frozenset(
    tokens(
        "fencing fences paving drainage signs signage alarms locks optics bikes cheese chocolate candles "
        "candle soap homecare care childcare cabs taxi coaches skips plumbers roofers decorators welding "
        "joinery timber quarry growers organics pastas pasta helados dulces jugos postres taqueros "
        "abarrotes ganadera pesquera avicola hacienda finca vivero comptoir moulin brasserie savonnerie "
        "ateliers pompes meubles vins fruits primeurs toitures facades bureau bakery bakers brewery "
        "brewing brewers cafe coffee kitchen catering roofing plumbing heating hvac electric electrical "
        "electricals builders building construction joinery carpentry joiners logistics couriers freight "
        "haulage transport garage motors autos tyres tires cycles lifts elevator elevators hire rentals "
        "cleaning cleaners landscaping gardens nursery farm farms dairy vets veterinary dental dentists "
        "clinic surgery pharmacy opticians salon barbers gym fitness yoga hotel inn hostel restaurant "
        "bistro pub bar pizzeria diner foods butchers fishmongers grocers florist florists flowers books "
        "bookshop records music studio studios media films pictures print printing printers press design "
        "designs architects architecture engineering engineers consulting consultants consultancy advisory "
        "advisors solicitors lawyers law legal accountants insurance properties property estates realty "
        "lettings homes housing school academy college university nursery council hospital library museum "
        "theatre church charity trust foundation society club association union solutions systems "
        "technologies tech software digital labs laboratories pharma energy power solar water waste "
        "recycling metals steel tools tooling hardware supplies supply trading traders imports exports "
        "wholesale distribution stores boutique jewellers tailors textiles fabrics ceramics pottery "
        "furniture interiors flooring tiles paints glass glazing windowworks boilers gas pumps cranes "
        "hoists scaffolding plant crafts toys pets kennels travel tours outfitters boats marine yachts "
        "chandlers roasters vineyards winery wines spirits distillery events productions agency "
        "recruitment staffing security surveyors upholstery locksmiths removals storage creamery "
        "confectionery chocolates orchard mill mills works transports plomberie chauffage chauffagiste "
        "electricite menuiserie charpente couverture maconnerie peinture batiment constructions toiture "
        "carrelage serrurerie boulangerie patisserie boucherie charcuterie fromagerie epicerie traiteur "
        "brasserie auberge hotellerie residence camping pharmacie cabinet clinique laboratoire "
        "laboratoires optique garage carrosserie ambulances taxis atelier ateliers etablissements ets ent "
        "etude agence imprimerie librairie papeterie editions galerie bijouterie horlogerie coiffure "
        "fleurs jardins pepiniere paysages domaine chateau vignobles cave caves ferme laiterie scierie "
        "fonderie mecanique usinage metallerie climatisation froid thermique energie energies ascenseurs "
        "nettoyage proprete demenagements demenageurs voyages immobilier immobiliere notaires avocats "
        "conseil conseils formation ecole lycee creche mairie commune mutuelle assurances fiduciaire "
        "association syndicat federation fondation centre maison menuiseries panaderia pasteleria "
        "carniceria pescaderia fruteria frutas verduras ferreteria papeleria libreria floristeria farmacia "
        "zapateria peluqueria lavanderia tintoreria joyeria relojeria optica muebles muebleria carpinteria "
        "herreria cerrajeria talleres taller mecanica automotriz refacciones llantas gasolinera "
        "transportes fletes mudanzas logistica mensajeria constructora construcciones inmobiliaria "
        "hidraulicas electricas climatizacion calderas calefaccion refrigeracion ascensores elevadores "
        "fontaneria plomeria instalaciones mantenimiento limpiezas limpieza seguridad servicios soluciones "
        "consultores consultoria asesoria asesores abogados notaria contadores gestoria seguros viajes "
        "turismo hoteles hostal hosteria posada restaurante cafeteria taqueria tortilleria heladeria "
        "bodega bodegas vinos cerveceria lacteos queseria granja agropecuaria agricola semillas viveros "
        "textiles confecciones bordados telas estudio imprenta editorial graficas laboratorio laboratorios "
        "clinica hospital consultorio veterinaria colegio escuela academia instituto universidad "
        "ayuntamiento alcaldia municipio fundacion asociacion cooperativa sindicato comercial "
        "comercializadora distribuidora distribuciones importaciones exportaciones importadora industrias "
        "industrial manufacturas fabrica metalurgica aceros maderas maderera pinturas vidrios ceramicas "
        "termicas termica energia solar ingenieria proyectos arquitectura arquitectos publicidad "
        "producciones eventos centro casa almacenes bazar boutique moda modas deportes gimnasio cine "
        "prefecture paroisse parroquia iglesia junta ampa guarderia biblioteca museo residencia "
        "municipalidad universite hopital ephad ehpad fondation parish diocese hospice opticas fisheries "
        "courier plumber builder roofer electricians mechanics carpets kitchens bathrooms scaffolders "
        "groundworks masonry stonemasons thatching plastering plasterers saddlery stables cattery "
        "grooming aircon refrigeration ventilation forge ironworks tannery bindery couvreur fournil ramonage "
        "vitrerie platrerie elagage paysagiste paysagistes apiculture rucher biscuiterie chocolaterie "
        "confiserie confiteria torrefaction caviste pressing blanchisserie cordonnerie maroquinerie tapisserie "
        "ebenisterie marbrerie depannage remorquage terrassement elevage pepinieres panes panificadora "
        "molino molinos reposteria dulceria chocolateria vidrieria tapiceria marmoleria azulejos gruas "
        "excavaciones riegos cultivos aceites almazara tostadora embutidos serigrafia rotulos costura "
        "sastreria merceria vulcanizadora refaccionaria colchones persianas toldos piscinas cristaleria "
        "plasticos quimicos fumigaciones jardineria tecnologia tecnologias informatica"
    )
)
"""Trades and kinds of firms: strong signs of a company's name."""
INSTITUTIONS = frozenset(
    tokens(
        "council hall school academy college university nursery hospital library museum theatre church "
        "parish diocese charity foundation association society club trust hospice mosque synagogue temple "
        "mairie commune ecole lycee college creche universite hopital clinique paroisse asbl asso "
        "association federation fondation syndicat prefecture ministere ephad ehpad maison centre office "
        "ayuntamiento alcaldia municipio municipalidad colegio escuela instituto universidad hospital "
        "clinica parroquia iglesia fundacion asociacion cooperativa sindicato ministerio junta ampa "
        "guarderia biblioteca museo residencia"
    )
)
"""Institutions, which people write in lower case: “la mairie de X”, “el colegio X”."""
KINDS_OF_INSTITUTIONS = frozenset(
    tokens(
        "parish town city county borough district village community primary secondary high infant junior "
        "grammar public local regional state"
    )
)
"""“The parish council”."""
PLAIN_TRADES = frozenset(
    tokens(
        "print printing printers press design power water tools hardware software systems tech digital "
        "support plant storage security music records books events windows windowworks gas electric bar "
        "music marine casa centro centre maison service services estudio energie energia solar hire legal "
        "law insurance travel electricite electricity formation conseil limpieza mantenimiento servicios "
        "soluciones seguridad club union trust works mill building imprenta froid editions maintenance "
        "aircon pressing depannage residencia "
        "property flowers pub comercial industrial tecnologia informatica proyectos instalaciones "
        "calefaccion chauffage heating climatizacion climatisation etude conseil tiles pumps homes foods"
    )
)
"""Trades that stories mention too: in lower case they prove little."""
ORGANISATIONS = frozenset(
    tokens(
        "super caisse supermarche supermercado hyper hypermarche poste banque bank banco banca caja credit credito "
        "chambre camara comite comision commission conseil consejo departement region communaute comunidad "
        "tribunal gendarmerie comisaria bomberos pompiers gremio marche mercado groupe grupo cuadrilla equipe "
        "compagnie compania societe sociedad entreprise empresa boite firme firma cie cia maternelle corte "
        "direccion direction ministere ministerio red reseau carrefour mercadona oxxo leclerc intermarche"
    )
)
"""Nouns that begin an organisation’s name after “de la” or “du”, where a surname might stand: “de la Caisse …”."""
CHAINS = frozenset(
    tokens(
        "carrefour leclerc intermarche auchan casino spar aldi lidl monoprix franprix picard decathlon mercadona "
        "oxxo walmart soriana chedraui exito tesco sainsbury sainsburys asda morrisons waitrose boots greggs "
        "costco subway starbucks mcdonald mcdonalds zara ikea"
    )
)
"""Shops with many branches: “Carrefour de Lannion” is the one in Lannion."""
GENERIC_FIRMS = frozenset(
    tokens(
        "company firm business organisation organization societe entreprise boite firme organisme empresa "
        "compania sociedad organizacion firma negocio asociacion"
    )
)
"""“The company X”: what follows is its name."""
PRODUCTS = frozenset(
    tokens(
        "chrome firefox edge safari opera explorer windows mac macos macbook ipad iphone android samsung "
        "galaxy huawei xiaomi pixel nokia motorola lenovo dell hp epson canon brother xerox excel word "
        "outlook teams powerpoint onedrive sharepoint office microsoft google gmail apple icloud adobe "
        "acrobat photoshop whatsapp telegram facebook instagram messenger zoom skype slack dropbox "
        "wordpress shopify stripe paypal sage sap oracle salesforce hubspot quickbooks xero linux ubuntu "
        "debian bluetooth wifi usb hdmi pdf csv api vpn sso crm erp html http https sql ssl dns imap smtp "
        "vpn lan wan pc tv cctv ssd ram cpu gps sim sms qr"
    )
)
NO_COMPANY = frozenset(
    tokens(phrase)
    for phrase in split_phrases(
        "none,no company,no,nope,nah,not a company,private,private person,private individual,individual,"
        "just me,only me,me,myself,i m private,no business,n a,na,nothing,nobody,no one,personal,"
        "i m a private person,it s just me,its just me,on my own,i don t have one,dont have one,"
        "don t have one,not applicable,self employed,freelance,freelancer,i m self employed,i m freelance,"
        "i work for myself,retired,a private customer,private customer,particulier,un particulier,"
        "une particuliere,particuliere,je suis un particulier,je suis particulier,aucune,aucun,"
        "pas de societe,pas d entreprise,sans entreprise,sans societe,moi,moi meme,juste moi,que moi,"
        "personne,privé,a titre personnel,a titre prive,independant,independante,je suis independant,"
        "je suis independante,rien,non,auto entrepreneur,autoentrepreneur,je n en ai pas,j en ai pas,"
        "pas concerne,retraite,retraitee,perso,c est perso,c est juste moi,en mon nom,a mon nom,ninguna,"
        "ninguno,sin empresa,no tengo,no tengo empresa,no hay empresa,particular,soy particular,"
        "soy un particular,persona fisica,persona natural,yo,yo mismo,yo misma,solo yo,soy yo,nada,"
        "autonomo,autonoma,soy autonomo,soy autonoma,independiente,soy independiente,a titulo personal,"
        "a mi nombre,por mi cuenta,no aplica,no pertenezco"
    )
)
"""Answers that say there is no company."""
_PLACES = """
spain,france,england,portugal,italy,germany,switzerland,belgium,ireland,scotland,wales,britain,uk,usa,us,
america,canada,mexico,argentina,chile,colombia,peru,brazil,uruguay,paraguay,bolivia,ecuador,venezuela,
morocco,algeria,tunisia,senegal,netherlands,holland,luxembourg,austria,poland,greece,turkey,sweden,norway,
denmark,finland,india,china,japan,australia,espagne,angleterre,italie,allemagne,suisse,belgique,irlande,
ecosse,mexique,argentine,chili,colombie,perou,bresil,maroc,algerie,tunisie,pays-bas,autriche,pologne,espana,
francia,inglaterra,italia,alemania,suiza,belgica,irlanda,marruecos,argelia,brasil,paris,london,londres,
madrid,barcelona,barcelone,lisbon,lisbonne,lisboa,porto,lyon,marseille,toulouse,nice,nantes,bordeaux,lille,
strasbourg,geneva,geneve,ginebra,zurich,lausanne,bern,berne,basel,bale,brussels,bruxelles,bruselas,rome,
roma,milan,milano,berlin,munich,hamburg,vienna,vienne,viena,dublin,manchester,birmingham,liverpool,leeds,
bristol,glasgow,edinburgh,new york,boston,chicago,los angeles,san francisco,miami,seattle,toronto,montreal,
quebec,vancouver,sevilla,seville,valencia,bilbao,malaga,zaragoza,buenos aires,santiago,bogota,lima,quito,
caracas,mexico city,ciudad de mexico,monterrey,guadalajara,medellin,montevideo,casablanca,rabat,tunis,alger,
dakar,amsterdam,rotterdam,prague,warsaw,athens,istanbul,mumbai,delhi,singapore,tokyo,sydney,melbourne,dubai,
support,sales,accounting,marketing,finance,it,hr,work,home
"""
PLACES = frozenset(_PLACES.replace("\n", "").split(","))
"""Where somebody is, not who they are with."""
