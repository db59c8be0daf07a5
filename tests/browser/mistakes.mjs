// What people get wrong, and what the desk answers: every mistake at once, nothing lost.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, APPLICANT, BUTTONS, CLAMART, CLAMART_CLOSED, FIELDS, LETTERS, aDemande } from './words.mjs';

export function mistakes(arrives) {

  it('a wrong password says neither which of the two is wrong nor forgets the address', async () => {
    const visitor = await arrives();
    await visitor.signsIn(APPLICANT, 'pas le bon mot de passe');
    await visitor.readsTitle(/^Erreur : /);
    assert.equal(await visitor.field(FIELDS.email).inputValue(), APPLICANT);
    assert.equal(await visitor.field(FIELDS.password).inputValue(), '');
    await visitor.leaves();
  });

  it('an empty sign-up says everything that is missing', async () => {
    const visitor = await arrives();
    await visitor.opens(ADDRESSES.signUp);
    await visitor.presses(BUTTONS.signUp);
    await visitor.isToldMistakes(4);
    await visitor.leaves();
  });

  it('a closed establishment is refused with a sentence, and the number stays', async () => {
    const applicant = await arrives();
    await applicant.signsIn(APPLICANT);
    await applicant.opens(ADDRESSES.newDemande);
    await applicant.types({ [FIELDS.siret]: CLAMART_CLOSED });
    await applicant.presses(BUTTONS.findOrganisation);
    await applicant.reads(/fermé/);
    assert.match(await applicant.field(FIELDS.siret).inputValue(), /00022/);
    await applicant.leaves();
  });

  it('each step sent empty says what is missing, yet can be kept with its gaps and resumed', async () => {
    const applicant = await arrives();
    await applicant.signsIn(APPLICANT);
    const number = await applicant.startsADemande(CLAMART);
    for (const { slug } of aDemande('').steps) {
      await applicant.opens(`${ADDRESSES.demandes}/${number}/${slug}`);
      await applicant.presses(BUTTONS.next);
      if (!['cadre', 'niveau', 'donnees'].includes(slug)) await applicant.isToldMistakes(1); // these are complete from the start
    }
    await applicant.opens(`${ADDRESSES.demandes}/${number}/service`);
    await applicant.types({ 'Nom du service': 'À moitié rempli', 'Nombre de démarches par an': 'beaucoup' });
    await applicant.presses(BUTTONS.save);
    await applicant.signsOut();
    await applicant.signsIn(APPLICANT);
    await applicant.opens(`${ADDRESSES.demandes}/${number}/service`);
    assert.equal(await applicant.field('Nom du service').inputValue(), 'À moitié rempli');
    assert.equal(await applicant.field('Nombre de démarches par an').inputValue(), 'beaucoup');
    await applicant.opens(`${ADDRESSES.demandes}/${number}/recapitulatif`);
    await applicant.reads('Il manque encore des informations');
    await applicant.leaves();
  });

  it('a forgotten password is chosen again from a letter, and the link serves once', async () => {
    const person = await arrives();
    await person.opens(ADDRESSES.forgotten);
    await person.types({ [FIELDS.email]: 'editeur@demo.test' });
    await person.presses(BUTTONS.sendLink);
    await person.opensMail('editeur@demo.test', LETTERS.choosePassword);
    await person.followsTheLetter();
    const link = person.page.url();
    const password = 'la nouvelle phrase du jour';
    await person.types({ [FIELDS.newPassword]: password });
    await person.presses(BUTTONS.choosePassword);
    await person.signsIn('editeur@demo.test', password);
    await person.opens(ADDRESSES.account);
    await person.signsOut();
    await person.opens(link);
    assert.equal(await person.field(FIELDS.newPassword).count(), 0, 'the link served twice');
    await person.leaves();
  });
}
