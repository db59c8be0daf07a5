// Every word and address the journeys look for in the pages, and nothing else: when a page changes its words, change them here.

export const DEMO_PASSWORD = 'demo-franceconnect-2026';
export const APPLICANT = 'demandeur@demo.test';
export const COMPANY = 'entreprise@demo.test';
export const REVIEWER = 'instructeur@demo.test';
export const JURIST = 'juriste@demo.test';
export const ADMINISTRATOR = 'admin@demo.test';
export const PROGRAMME = 'programme@demo.test';
export const SIGNATORY = 'signataire@demo.test';

/** Commune de Clamart, open, in the sample register. */
export const CLAMART = '219 200 235 00014';
/** Commune de Clamart too, an establishment closed in 2002. */
export const CLAMART_CLOSED = '219 200 235 00022';

/** Invented organisations of the sample register: a commune, an association over three years old, a company under three. */
export const VALBOURG = '000 817 049 00018';
export const ASSOCIATION = '000 412 874 00018';
export const CLINIC = '000 514 018 00019';
export const YOUNG = '000 412 957 00011';

export const ADDRESSES = {
  home: '/',
  signUp: '/inscription',
  signIn: '/connexion',
  forgotten: '/mot-de-passe-oublie',
  mailbox: '/demo/courriels',
  components: '/demo/composants',
  eligibility: '/eligibilite',
  demandes: '/demandes',
  newDemande: '/demandes/nouvelle',
  habilitations: '/habilitations',
  reports: '/instruction/rapports',
  ownReports: '/rapports',
  queue: '/instruction',
  experiment: '/experimentation',
  assessment: '/experimentation/bilan',
  workshop: '/administration/campagnes/2/bilan',
  account: '/compte',
  own: ['/compte', '/compte/mot-de-passe', '/compte/sessions', '/compte/fermer', '/compte/organismes', '/compte/organismes/nouveau', '/demandes', '/habilitations', '/rapports'],
  team: [
    '/instruction', '/instruction/panel', '/instruction?tour=demandeur&q=clamart', '/instruction/export', '/instruction/avis', '/instruction/implicites', '/instruction/modeles',
    '/instruction/modeles/nouveau', '/instruction/lettres', '/instruction/lettres/application_refused-1', '/instruction/etapes',
    '/instruction/etapes/administration/service', '/instruction/nouvelle', '/instruction/preparees', '/compte/courriels', '/habilitations', '/habilitations/1',
    '/habilitations/1/procedure', '/habilitations/1/mise-en-production', '/habilitations/mises-en-production', '/instruction/1/signature', '/instruction/2',
    '/instruction/2/validation', '/instruction/2/refus', '/instruction/2/modifications', '/instruction/2/pieces', '/instruction/2/avis',
    '/instruction/2/attribution', '/instruction/2/transmission', '/instruction/2/versions', '/instruction/7', '/instruction/5/reouverture',
    '/instruction/4/reouverture', '/instruction/12', '/instruction/12/classement', '/instruction/13', '/instruction/13/motifs', '/instruction/14', '/instruction/rapports',
  ],
  administration: [
    '/administration/equipe', '/administration/equipe/4', '/administration/equipe/7', '/administration/campagnes', '/administration/campagnes/1',
    '/administration/campagnes/nouvelle', '/administration/campagnes/1/changement', '/administration/campagnes/propositions/2',
    '/administration/campagnes/propositions/3', '/administration/campagnes/2/bilan', '/administration/campagnes/2/bilan/apercu',
    '/administration/campagnes/2/bilan/retours', '/administration/campagnes/1/bilan',
  ],
  anyone: ['/', '/eligibilite', '/experimentation', '/experimentation/bilan', '/experimentation/bilan?campagne=1', '/regles', '/verification', '/connexion', '/inscription', '/mot-de-passe-oublie', '/mentions-legales', '/donnees-personnelles', '/cgu', '/accessibilite'],
};

/** The panel of the experiment. */
export const PANEL = {
  address: '/instruction/panel', held: /^Place\s*\d+\s*, réservée/, table: /Les places dans un tableau/, caption: 'Les places et qui les tient',
  inPage: 'Dans cette page', parts: ['Places', 'Prochaines décisions', 'Secteurs et files', 'Taille et région', 'Arrivées'],
  bySector: 'Places par secteur, aujourd’hui', figures: /^Les chiffres, (semaine par semaine|mois par mois)$/,
  arrivals: 'Candidatures complètes reçues pour la première fois',
};

/** What is drawn: what its image says first, its curves, the tables that say the same. */
export const CHARTS = {
  sectors: 'Places par secteur, aujourd’hui',
  assessment: {
    title: /^Part de FranceConnect/, curves: ['connexions', 'créations de compte'], tables: ['Connexions mois par mois', 'Créations de compte mois par mois'],
  },
  toOwn: /^Voir les rapports de Rendez-vous de la Clinique/,
  own: [
    { title: /^Part de FranceConnect/, curves: ['connexions', 'créations de compte'], tables: ['Les rapports, mois par mois'] },
    { title: /^Connexions par mois/, curves: ['par FranceConnect'], tables: ['Les rapports, mois par mois'] },
  ],
  received: 'Reçu',
  report: { title: /^Part de FranceConnect/, curves: ['connexions', 'créations de compte'], tables: ['Part de FranceConnect mois par mois'] },
  arrivals: {
    title: /^Candidatures complètes depuis l’ouverture/, curves: ['candidatures complètes, en tout', 'places'],
    tables: ['Candidatures complètes reçues pour la première fois'],
  },
};

/** The place of a candidature that may be approved in the demonstration. */
export const PLACE = {
  candidature: '8', service: /Inscriptions aux formations des Ateliers du Savoir/, favourable: 'Favorable', reasons: 'Vos raisons', giveOpinion: 'Rendre l’avis',
  toConfirm: /à confirmer/, toPlace: 'Place dans l’expérimentation', yours: /^C’est à vous de confirmer, au plus tard le/, confirm: 'Confirmer la place',
  confirmed: /Votre place est confirmée/, confirmedBy: /^Confirmée par/, giveBack: 'Rendre la place', nothingKept: 'Cochez la case pour rendre la place',
  understood: 'J’ai compris', givenBack: /La place est rendue/, outOfLine: 'Hors de la file', ended: 'Expirée', letter: /place/,
};

/** Forms of the team, sent as they open. */
export const TEAM_FORMS = [
  { by: REVIEWER, at: '/instruction/2', button: 'Enregistrer la note' },
  { by: REVIEWER, at: '/instruction/2/refus', button: 'Relire la lettre avant de signer' },
  { by: REVIEWER, at: '/instruction/2/modifications', button: 'Renvoyer au demandeur' },
  { by: REVIEWER, at: '/instruction/2/pieces', button: 'Demander ces pièces' },
  { by: REVIEWER, at: '/instruction/2/avis', button: 'Demander l’avis' },
  { by: REVIEWER, at: '/instruction/2/attribution', button: 'Confier le dossier' },
  { by: REVIEWER, at: '/instruction/2/messages', button: 'Envoyer le message' },
  { by: REVIEWER, at: '/instruction/13/motifs', button: 'Envoyer les motifs' },
  { by: REVIEWER, at: '/instruction/5/reouverture', button: 'Rouvrir la demande' },
  { by: REVIEWER, at: '/instruction/nouvelle', button: 'Chercher' },
  { by: REVIEWER, at: '/instruction/modeles/nouveau', button: 'Enregistrer' },
  { by: REVIEWER, at: '/habilitations/1/procedure', button: 'Ouvrir la procédure' },
  { by: REVIEWER, at: '/verification', button: 'Vérifier' },
  { by: ADMINISTRATOR, at: '/administration/equipe', button: 'Inviter' },
  { by: ADMINISTRATOR, at: '/administration/campagnes/nouvelle', button: 'Proposer' },
];

/** The assessment of the first campaign of the demonstration, of which an edition is published. */
export const ASSESSMENT = {
  title: /^Bilan/,
  chart: /Part de FranceConnect/,
  tables: ['Participants par secteur', 'Connexions mois par mois', 'Connexions par secteur', 'Délai d’instruction', 'Rapports par secteur'],
  files: [{ file: /PDF/, begins: '%PDF-' }, { file: /XLSX/, begins: 'PK' }, { file: /CSV/, begins: '\ufeff' }],
  introduction: 'Introduction', conclusion: 'Conclusion', save: 'Enregistrer les textes', saved: /sont enregistrés. Rien n’est publié/,
  toWords: 'Lire les retours des utilisateurs', toChoose: /^Choisir un extrait/, passage: 'Passage à citer', choose: 'Choisir ce passage',
  said: 'sans comprendre pourquoi', tag: 'Accompagnement', checked: 'J’ai relu', chosen: /Le passage est choisi/,
  campaigns: 'Campagnes', campaign: 'Première expérimentation de démonstration', toWorkshop: 'Préparer le bilan', saidToo: 'je suis revenu à l’accueil',
  toPublish: 'Aller au bouton qui publie', partOfPage: /dans les connexions$/,
  toPreview: 'Voir l’aperçu et publier', publish: /^Publier l’édition/, reason: 'Pourquoi une nouvelle édition', first: 'Lire l’édition 1', notLast: /n’est plus la dernière/,
};

/** What nobody answered for, and what silence decided, in the demonstration: by its number. */
export const SILENT = {
  unanswered: '12', rejected: '13', accepted: '14',
  remind: 'Relancer le demandeur', reminded: /est relancé/,
  toWarning: 'Avertir avant classement', warn: 'Avertir le demandeur', warned: /est averti/,
  toReasons: 'Communiquer les motifs', inLaw: 'En droit', inFact: 'En fait', giveReasons: 'Envoyer les motifs', given: /sont communiqués au demandeur/,
  owed: /prolongé/, toSign: /C’est à l’équipe de signer/, attestation: 'Obtenir l’attestation',
};

/** The end of a participation: what certifies it, and the formal notice before. */
export const ENDS = {
  toNotice: /^Mettre en demeure/, facts: 'Les faits', sendNotice: 'Envoyer la mise en demeure', noticed: /^Mise en demeure du/, letter: /mise en demeure/,
  removedOn: 'Jour du retrait de l’accès', destroyedOn: 'Jour de la destruction', destroyed: 'Toutes ces données sont détruites',
  method: 'Comment l’accès a été retiré', signatory: 'Prénom et nom de la personne qui signe', quality: 'Sa qualité', attests: 'J’atteste que',
  sign: 'Signer l’attestation', odd: /2\sjours avant le retrait de l’accès/, confirms: 'J’ai vérifié', received: /Votre attestation est reçue/,
  correct: 'Corriger cette attestation', because: 'Pourquoi corrigez-vous', signCorrection: 'Signer la correction', before: 'Ce qu’elle disait avant',
  signed: /^Attestation de fin signée le/,
};

export const FIELDS = {
  email: 'Adresse électronique',
  password: 'Mot de passe',
  ownPassword: 'Votre mot de passe',
  newPassword: 'Nouveau mot de passe',
  givenName: 'Prénom',
  familyName: 'Nom',
  siret: 'SIRET de l’organisme',
  search: 'Numéro, SIRET',
  howVerified: 'Comment l’avez-vous vérifiée',
  changes: 'Ce que vous demandez',
  point: 'Sur toute l’étape : Les données personnelles',
  searchMine: 'Numéro, service, organisme',
  facts: 'Les faits',
};

export const BUTTONS = {
  goOn: 'Continuer',
  signUp: 'Créer mon compte',
  confirmAddress: 'Confirmer mon adresse',
  signIn: 'Se connecter',
  signOut: 'Se déconnecter',
  sendLink: 'Recevoir un lien',
  choosePassword: 'Enregistrer ce mot de passe',
  findOrganisation: 'Chercher',
  startDemande: 'Commencer la demande',
  next: 'Enregistrer et continuer',
  save: 'Enregistrer',
  submit: 'Déposer la demande',
  submitAgain: 'Renvoyer la demande',
  search: 'Chercher',
  confirmMembership: 'Confirmer l’appartenance',
  readTheLetter: 'Relire la lettre avant de signer',
  approve: 'Signer la validation',
  askChanges: 'Renvoyer au demandeur',
  refuse: 'Signer le refus',
};

/** What the wizard asks and tells. */
export const WIZARD = {
  check: 'Vérifier mon éligibilité',
  siret: 'Numéro SIRET',
  administration: 'Une collectivité ou une administration',
  private: 'Une entreprise ou une association',
  individual: 'Un particulier',
  experiment: 'Je souhaite participer à l’expérimentation',
  yes: 'Oui',
  education: 'Éducation et enseignement supérieur',
  acceptsAll: 'Oui, nous pouvons les prendre tous',
  eligible: /^Vous êtes éligible/,
  notEligible: /^Vous n’êtes pas éligible/,
  perhaps: /^Vous êtes peut-être éligible/,
  start: 'Commencer ma demande',
  faq: 'Consulter la FAQ de FranceConnect',
};

/** After the organisation, on to the first step. */
export const CONTINUE = 'Continuer';

/** Links of the dossier that lead to each decision. */
export const DECISIONS = { approve: 'Valider', askChanges: 'Demander des modifications', refuse: 'Refuser' };

/** What a reviewer presses between the queue and a decision, and reads on the way. */
export const DECIDING = {
  ...DECISIONS,
  take: 'Prendre ce dossier',
  mine: 'Vous répondez de ce dossier',
  theLetter: 'Voici la lettre, telle qu’elle partira',
  shortcuts: /^Raccourcis clavier/,
  useShortcuts: 'Utiliser ces raccourcis',
};

/** Ticked by whoever signs a refusal. */
export const HAS_READ = 'J’ai lu la lettre';

export const STATES = {
  submitted: 'En cours d’instruction',
  changesRequested: 'À compléter',
  approved: 'Validée',
  refused: 'Refusée',
};

export const GROUND = 'Les données demandées ne sont pas proportionnées';

/** Subjects of the letters, or what tells them apart. */
export const LETTERS = {
  confirmAddress: 'Confirmez votre adresse',
  choosePassword: 'Choisissez un nouveau mot de passe',
  received: (number) => `Demande D${number} bien reçue`,
  arrived: (number) => `Demande D${number} à instruire`,
  changes: (number) => `Demande D${number} à compléter`,
  approved: (number) => `Demande D${number} validée`,
  refused: (number) => `Demande D${number} refusée`,
  namedController: 'vous êtes désigné comme responsable de traitement',
  namedDpo: 'vous êtes désigné comme délégué à la protection des données',
};

/** Several people on one demande. */
export const TOGETHER = {
  team: 'Qui remplit cette demande, et la transmettre',
  colleague: 'Adresse électronique du collègue',
  invite: 'Envoyer l’invitation',
  invited: (number) => `vous invite à remplir la demande D${number}`,
  accept: 'Accepter l’invitation',
  onlyMembers: 'Seuls les membres de l’organisme déposent',
  filled: 'Demandes que vous remplissez avec d’autres',
  messages: /^Messages/,
  message: 'Votre message',
  send: 'Envoyer le message',
  takeBack: /^Retirer ce message/,
  takenBack: 'Message retiré',
  unread: /^1 message non lu/,
  waits: (number) => `Vous avez reçu un message à propos de D${number}`,
};

/** The name of the region that holds a letter's words. */
export const LETTER_TEXT = 'Texte de la lettre';

export const DRESSED_LETTER = 'Voir la version HTML';

function contact(given, family, job, email, phone) {
  return { Prénom: given, Nom: family, Fonction: job, 'Adresse électronique': email, Téléphone: phone };
}

/** The steps in order: address, what is typed in which field, boxes to tick, and what else is pressed. */
export function aDemande(service) {
  return {
    service,
    steps: [
      {
        slug: 'service',
        typed: {
          'Nom du service': service,
          'À quoi sert-il, et qui l’utilisera': 'Les familles inscrivent leurs enfants à la cantine et au centre de loisirs ; il faut savoir qui les inscrit.',
          'Adresse du service en ligne': 'https://familles.clamart.example',
          'Date prévue de mise en service': '03/03/2027',
          'Nombre de démarches par an': '12 000',
        },
      },
      { slug: 'cadre', chosen: ['L’arrêté du 8 novembre 2018'] },
      { slug: 'niveau', chosen: ['Faible'] },
      { slug: 'donnees', ticked: ['Nom de naissance', 'Prénoms', 'Adresse électronique'], why: { why_email: 'Envoyer la confirmation de l’inscription.' } },
      {
        slug: 'traitement',
        typed: { 'Qui recevra ces données': 'Le service scolaire de la commune et son hébergeur.', 'Durée de conservation': '12' },
      },
      {
        slug: 'contacts',
        groups: {
          'Responsable de traitement': contact('Jeanne', 'Marchand', 'Maire', 'maire@clamart.example', '01 46 62 35 35'),
          'Délégué à la protection des données': contact('Luc', 'Bernard', 'Délégué', 'dpo@clamart.example', '01 46 62 35 36'),
          'Contact technique': contact('Aïcha', 'Diallo', 'Cheffe de projet', 'numerique@clamart.example', '06 12 34 56 78'),
        },
      },
    ],
  };
}

export const ATTESTATIONS = [/conditions générales d’utilisation de FranceConnect et je les accepte/, /délégué à la protection des données .*est informé/, /alternative à la connexion/];

/** Private demandes, each from its kind to its last step: what is typed, chosen and ticked. */
export const PRIVATE_DEMANDES = (() => {
  const service = (name) => ({
    slug: 'service',
    typed: {
      'Nom du service': name,
      'À quoi sert-il, et qui l’utilisera': 'Les clients y suivent leur dossier ; il faut savoir qui le consulte.',
      'Adresse du service en ligne': 'https://service.example/espace',
    },
  });
  const level = { slug: 'niveau', chosen: ['Faible'] };
  const data = { slug: 'donnees', ticked: ['Nom de naissance', 'Prénoms'] };
  const processing = { slug: 'traitement', typed: { 'Qui recevra ces données': 'Le service client.', 'Durée de conservation': '12' } };
  const contacts = {
    slug: 'contacts',
    chosen: ['Un référent'],
    typed: { 'Pourquoi n’avez-vous pas de délégué': 'Dix salariés, aucune donnée sensible.' },
    groups: {
      'Responsable de traitement': contact('Ada', 'Vidal', 'Gérante', 'ada@service.example', '01 46 62 35 35'),
      'Délégué à la protection des données': contact('Luc', 'Bernard', 'Qualité', 'luc@service.example', '01 46 62 35 36'),
      'Contact technique': contact('Nora', 'Petit', 'Développeuse', 'nora@service.example', '06 12 34 56 78'),
    },
  };
  return [
    {
      siret: ASSOCIATION,
      kind: 'Une entreprise ou une association, pour le changement d’adresse',
      steps: [
        service('Déménager sans papier'),
        {
          slug: 'adresse',
          typed: { 'En quoi votre service est-il lié': 'Il prévient les organismes choisis de la nouvelle adresse.' },
          chosen: ['Oui, uniquement pour ces services'],
        },
        { slug: 'cadre' },
        level,
        data,
        processing,
        contacts,
      ],
    },
    {
      siret: CLINIC,
      kind: 'Une entreprise ou une association à qui un texte impose',
      steps: [
        service('Espace des patients'),
        {
          slug: 'texte',
          chosen: ['Service numérique en santé'],
          typed: { 'Que vous impose-t-il de vérifier': 'L’identité de la personne, avant l’accès à son dossier.' },
        },
        level,
        data,
        processing,
        contacts,
      ],
    },
    {
      siret: ASSOCIATION,
      kind: 'Une candidature à l’expérimentation',
      rank: /Rang d’arrivée/,
      steps: [
        service('Inscriptions aux ateliers'),
        {
          slug: 'secteur',
          chosen: ['Éducation et enseignement supérieur'],
          typed: { 'Comment votre service y contribue-t-il': 'Les ateliers préparent à des examens ; l’inscription se fait en ligne.' },
        },
        level,
        data,
        { ...processing, typed: { ...processing.typed, 'Quel événement met fin à la conservation': 'La fermeture du compte.' } },
        {
          slug: 'hebergement',
          typed: { 'Hébergeur du service': 'Hébergement du Marais', 'Sous-traitants': 'Courriels du Midi, France' },
          selected: { 'Pays où les données sont hébergées': 'France' },
        },
        {
          slug: 'mesure',
          typed: {
            'Connexions par mois': '4 200',
            'Créations de compte par mois': '310',
            'Visites par mois': '18 000',
            'Comment ces chiffres': 'Matomo, moyenne de juin à septembre.',
          },
        },
        contacts,
        {
          slug: 'engagements',
          ticked: [
            'Mesurer l’apport de FranceConnect',
            'Respecter le cahier des charges',
            'Promouvoir le service',
            'Conserver les données le temps',
            'Laisser une autre façon de se connecter',
            'Ne pas vendre ni transférer',
            'Arrêter et détruire',
          ],
        },
      ],
    },
  ];
})();

/** What the smallest town hall has to say. */
export const TOWN_HALL = {
  service: 'Portail familles',
  description: 'Les familles inscrivent leurs enfants à la cantine et paient en ligne.',
  months: '12',
  controller: contact('Jeanne', 'Marchand', 'Maire', 'maire@clamart.example', '0146623535'),
  dpo: contact('Luc', 'Bernard', 'Délégué à la protection des données', 'dpo@clamart.example', '0146623536'),
};
