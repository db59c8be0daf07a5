// Several people on one demande: a colleague fills it with its applicant; the applicant and the team write to each other.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, APPLICANT, BUTTONS, CLAMART, REVIEWER, STATES, TOGETHER, aDemande } from './words.mjs';

export function together(arrives) {
  it('a colleague is invited, opens an account, fills every step, and the applicant hands in', async () => {
    const colleague = { email: 'leo.petit@agence.example', givenName: 'Léo', familyName: 'Petit', password: 'le train de sept heures douze' };
    const applicant = await arrives();
    await applicant.signsIn(APPLICANT);
    const number = await applicant.startsADemande(CLAMART);
    await applicant.opens(`${ADDRESSES.demandes}/${number}/recapitulatif`);
    await applicant.follows(TOGETHER.team);
    await applicant.types({ [TOGETHER.colleague]: 'leo.petit' });
    await applicant.presses(TOGETHER.invite);
    await applicant.isToldMistakes(1);
    await applicant.types({ [TOGETHER.colleague]: colleague.email });
    await applicant.presses(TOGETHER.invite);
    await applicant.reads(colleague.email);

    const leo = await arrives();
    await leo.signsUp(colleague);
    await leo.confirmsAddress(colleague);
    await leo.opensMail(colleague.email, TOGETHER.invited(number));
    await leo.followsTheLetter();
    await leo.presses(TOGETHER.accept);
    assert.equal(new URL(leo.page.url()).pathname, `${ADDRESSES.demandes}/${number}/service`);
    await leo.fillsDemande(aDemande('Guichet des associations'));
    await leo.reads(TOGETHER.onlyMembers);
    assert.equal(await leo.main.getByRole('button', { name: BUTTONS.submit }).count(), 0);
    await leo.opens(ADDRESSES.demandes);
    await leo.reads(TOGETHER.filled);

    await applicant.opens(`${ADDRESSES.demandes}/${number}/service`);
    await applicant.reads(/par Léo Petit/);
    await applicant.opens(`${ADDRESSES.demandes}/${number}/equipe`);
    await applicant.reads(/Remplit les étapes depuis/);
    await applicant.opens(`${ADDRESSES.demandes}/${number}/recapitulatif`);
    await applicant.attestsAndSubmits();
    await applicant.readsTitle(/^Récépissé/);
    await leo.opens(`${ADDRESSES.demandes}/${number}`);
    await leo.reads(STATES.submitted);
    await applicant.leaves();
    await leo.leaves();
  });

  it('the applicant and the team write to each other, each knows what is unread, and a message is taken back', async () => {
    const applicant = await arrives();
    await applicant.signsIn(APPLICANT);
    const number = await applicant.startsADemande(CLAMART);
    await applicant.fillsDemande(aDemande('Carte de bibliothèque'));
    await applicant.attestsAndSubmits();
    await applicant.opens(`${ADDRESSES.demandes}/${number}`);
    await applicant.follows(TOGETHER.messages);
    await applicant.presses(TOGETHER.send);
    await applicant.isToldMistakes(1);
    await applicant.types({ [TOGETHER.message]: 'Faut-il joindre la délibération du conseil ?' });
    await applicant.presses(TOGETHER.send);
    await applicant.reads('Faut-il joindre la délibération du conseil ?');

    const reviewer = await arrives();
    await reviewer.signsIn(REVIEWER);
    await reviewer.opensMail(REVIEWER, TOGETHER.waits(number));
    await reviewer.followsTheLetter();
    await reviewer.reads('Nouveau');
    await reviewer.opens(`${ADDRESSES.queue}?q=${encodeURIComponent('Carte de bibliothèque')}`);
    assert.equal(await reviewer.main.getByRole('link', { name: TOGETHER.unread }).count(), 0, 'it was read');
    await reviewer.opensDossier(number);
    await reviewer.acts(TOGETHER.messages);
    await reviewer.types({ [TOGETHER.message]: 'Oui, s’il vous plaît.' });
    await reviewer.presses(TOGETHER.send);

    await applicant.opens(ADDRESSES.demandes);
    await applicant.follows(TOGETHER.unread);
    assert.equal(new URL(applicant.page.url()).pathname, `${ADDRESSES.demandes}/${number}/messages`);
    await applicant.reads('Oui, s’il vous plaît.');
    await applicant.types({ [TOGETHER.message]: 'Mauvaise fenêtre, pardon.' });
    await applicant.presses(TOGETHER.send);
    // The other message may still be taken back too: the last one is meant.
    await applicant.goes(() => applicant.main.getByRole('button', { name: TOGETHER.takeBack }).last().click());
    await applicant.reads(TOGETHER.takenBack);
    assert.equal(await applicant.main.getByText('Mauvaise fenêtre').count(), 0);
    await applicant.leaves();
    await reviewer.leaves();
  });
}
