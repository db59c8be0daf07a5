// The stories the desk exists for, from the first page to the last letter.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, APPLICANT, ASSOCIATION, BUTTONS, CLAMART, COMPANY, CONTINUE, GROUND, LETTERS, REVIEWER, STATES, VALBOURG, WIZARD, YOUNG, aDemande } from './words.mjs';

export function journeys(arrives) {
  it('a visitor checks whether they may ask, and starts a demande with nothing typed twice', async () => {
    const visitor = await arrives();
    await visitor.opens(ADDRESSES.home);
    await visitor.follows(WIZARD.check);
    await visitor.chooses(WIZARD.administration);
    await visitor.types({ [WIZARD.siret]: VALBOURG });
    await visitor.presses(BUTTONS.goOn);
    await visitor.readsTitle(WIZARD.eligible);
    await visitor.reads('Commune de Valbourg (exemple)');
    await visitor.follows(WIZARD.start);
    await visitor.signsIn(APPLICANT);
    await visitor.reads('Est-ce bien votre organisme');
    await visitor.reads('Commune de Valbourg (exemple)');
    await visitor.presses(BUTTONS.startDemande);
    await visitor.follows(CONTINUE);
    assert.match(new URL(visitor.page.url()).pathname, /^\/demandes\/\d+\/service$/);
    await visitor.leaves();
  });

  it('an association goes through the criteria of the experiment by keyboard, and starts the candidature they lead to', async () => {
    const visitor = await arrives();
    await visitor.opens(ADDRESSES.eligibility);
    await visitor.presses(BUTTONS.goOn);
    await visitor.isToldMistakes(1);
    await visitor.types({ [WIZARD.siret]: ASSOCIATION });
    for (const answer of [WIZARD.private, WIZARD.experiment, WIZARD.yes, WIZARD.education, WIZARD.acceptsAll]) await visitor.answersByKeyboard(answer);
    await visitor.readsTitle(WIZARD.perhaps);
    await visitor.reads('Trois conditions sur cinq sont déjà vérifiées');
    await visitor.goesBack();
    await visitor.readsTitle(/engagements/);
    await visitor.page.goForward();
    await visitor.follows(WIZARD.start);
    await visitor.signsIn(COMPANY);
    await visitor.presses(BUTTONS.startDemande);
    await visitor.follows(CONTINUE);
    await visitor.opens(new URL(visitor.page.url()).pathname.replace('/service', '/secteur'));
    assert.ok(await visitor.field(WIZARD.education).isChecked(), 'the sector told to the wizard is in the first draft');
    await visitor.leaves();
  });

  it('a young company and a private person are told no, with where to go', async () => {
    const visitor = await arrives();
    await visitor.opens(`${ADDRESSES.eligibility}?profil=entreprise&cas=experimentation&siret=${YOUNG.replaceAll(' ', '')}`);
    await visitor.readsTitle(WIZARD.notEligible);
    await visitor.reads(/Ce n’est pas plus de trois ans/);
    await visitor.opens(ADDRESSES.eligibility);
    await visitor.chooses(WIZARD.individual);
    await visitor.presses(BUTTONS.goOn);
    await visitor.readsTitle(WIZARD.notEligible);
    assert.equal(await visitor.main.getByRole('link', { name: WIZARD.faq }).getAttribute('href'), 'https://franceconnect.gouv.fr/faq');
    await visitor.leaves();
  });

  it('a newcomer asks for an administration and is granted the button, and both mailboxes tell it', async () => {
    const camille = { email: 'camille.martin@clamart.example', givenName: 'Camille', familyName: 'Martin', password: 'le marché du mardi matin' };
    const demande = aDemande('Portail familles');
    const applicant = await arrives();
    await applicant.opens(ADDRESSES.home);
    await applicant.signsUp(camille);
    await applicant.confirmsAddress(camille);

    const number = await applicant.startsADemande(CLAMART);
    await applicant.fillsDemande(demande);
    await applicant.attestsAndSubmits();
    await applicant.readsTitle(/^Récépissé/);
    await applicant.reads(`D${number}`);
    await applicant.opens(ADDRESSES.demandes);
    await applicant.reads(/C’est à l’équipe de répondre/);
    await applicant.signsOut();

    const reviewer = await arrives();
    await reviewer.opens(ADDRESSES.queue); // the page asked for is reached after signing in
    await reviewer.signsIn(REVIEWER);
    assert.equal(new URL(reviewer.page.url()).pathname, ADDRESSES.queue);
    await reviewer.opensDossier(number);
    await reviewer.reads('Marchand');
    await reviewer.confirmsMembership('Appel au standard de la mairie.');
    await reviewer.approves();
    await reviewer.reads(STATES.approved);
    await reviewer.signsOut();

    await applicant.signsIn(camille.email, camille.password);
    await applicant.opens(`${ADDRESSES.demandes}/${number}`);
    await applicant.reads(STATES.approved);
    await applicant.opens(ADDRESSES.habilitations);
    await applicant.follows(new RegExp(demande.service));
    await applicant.reads('Nom de naissance');

    await applicant.opensMail(camille.email, LETTERS.received(number));
    await applicant.opensMail(camille.email, LETTERS.approved(number));
    await applicant.opensMail('maire@clamart.example', LETTERS.namedController);
    await applicant.opensMail('dpo@clamart.example', LETTERS.namedDpo);
    await reviewer.opensMail(REVIEWER, LETTERS.arrived(number));
    await applicant.leaves();
    await reviewer.leaves();
  });

  it('a link prefills a demande, says what it may not say, and saves nothing before one starts', async () => {
    const person = await arrives();
    await person.signsIn(APPLICANT);
    await person.opens(`${ADDRESSES.newDemande}?siret=${VALBOURG.replaceAll(' ', '')}&intitule=Portail&scopes=email&technical_contact_email=a@b.fr`);
    await person.reads('Le lien que vous avez suivi prépare votre demande');
    await person.reads(/technical_contact_email/);
    await person.presses(BUTTONS.startDemande);
    await person.follows(CONTINUE);
    assert.equal(await person.field('Nom du service').inputValue(), 'Portail');
    await person.leaves();
  });

  it('a demande comes back with changes asked, is sent again, and is refused with its grounds', async () => {
    const demande = aDemande('Réservation de salles');
    const applicant = await arrives();
    await applicant.signsIn(APPLICANT);
    const number = await applicant.startsADemande(CLAMART);
    await applicant.fillsDemande(demande);
    await applicant.attestsAndSubmits();

    const reviewer = await arrives();
    await reviewer.signsIn(REVIEWER);
    await reviewer.opensDossier(number);
    await reviewer.asksForChanges('Une précision, s’il vous plaît.', 'Dites quel hébergeur recevra les données.');
    await reviewer.reads(STATES.changesRequested);

    await applicant.opensMail(APPLICANT, LETTERS.changes(number));
    await applicant.opens(`${ADDRESSES.demandes}/${number}`);
    await applicant.reads('Dites quel hébergeur recevra les données.');
    await applicant.follows(/^Aller à cette étape/);
    await applicant.reads('Dites quel hébergeur recevra les données.');
    await applicant.opens(`${ADDRESSES.demandes}/${number}/traitement`);
    await applicant.fillsStep({ slug: 'traitement', typed: { 'Qui recevra ces données': 'Le service des salles et Hébergeur public SAS.' } });
    await applicant.opens(`${ADDRESSES.demandes}/${number}/recapitulatif`);
    await applicant.attestsAndSubmits(BUTTONS.submitAgain);

    await reviewer.opensDossier(number);
    await reviewer.reads('Hébergeur public SAS');
    await reviewer.reads('Ce qui était demandé');
    await reviewer.follows('Lire les deux versions côte à côte');
    await reviewer.reads(/une réponse a changé/);
    await reviewer.goesBack();
    await applicant.opens(`${ADDRESSES.demandes}/${number}`);
    await applicant.follows('Voir ce qui a changé d’une version à l’autre');
    await applicant.reads(/une réponse a changé/);
    await applicant.opens(`${ADDRESSES.demandes}?q=${encodeURIComponent('salles réservation')}&etat=submitted`);
    await applicant.reads('Réponses attendues');
    await applicant.opens(`${ADDRESSES.demandes}?q=rien-de-tel`);
    await applicant.reads('Aucune demande ne correspond');
    await reviewer.refuses(GROUND, 'La réservation d’une salle ne demande pas de connaître l’état civil.');
    await reviewer.reads(STATES.refused);

    await applicant.opensMail(APPLICANT, LETTERS.refused(number));
    await applicant.opens(`${ADDRESSES.demandes}/${number}`);
    await applicant.reads(STATES.refused);
    await applicant.reads('ne demande pas de connaître l’état civil');
    await applicant.reads(/tribunal administratif/);
    await applicant.leaves();
    await reviewer.leaves();
  });
}
