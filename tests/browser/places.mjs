// A place of the experiment once it is granted: its holder confirms it, or gives it back.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, BUTTONS, COMPANY, DECISIONS, PLACE, REVIEWER, SIGNATORY } from './words.mjs';

export function places(arrives) {
  it('a place is granted, confirmed by its holder, then given back, and never by a slip of the hand', async () => {
    const reviewer = await arrives();
    await reviewer.signsIn(REVIEWER);
    await reviewer.opens(`${ADDRESSES.queue}/${PLACE.candidature}/avis/franceconnect`);
    await reviewer.chooses(PLACE.favourable);
    await reviewer.types({ [PLACE.reasons]: 'Le service est prêt.' });
    await reviewer.presses(PLACE.giveOpinion);
    await reviewer.opens(`${ADDRESSES.queue}/${PLACE.candidature}`);
    await reviewer.follows(DECISIONS.approve);
    await reviewer.presses(BUTTONS.readTheLetter);
    await reviewer.leaves();

    const signatory = await arrives();
    await signatory.signsIn(SIGNATORY);
    await signatory.opens(`${ADDRESSES.queue}/${PLACE.candidature}/signature`);
    await signatory.presses(BUTTONS.approve);
    await signatory.leaves();

    const company = await arrives();
    await company.signsIn(COMPANY);
    await company.opens(`${ADDRESSES.demandes}/${PLACE.candidature}`);
    await company.reads(PLACE.toConfirm);
    await company.opens(ADDRESSES.habilitations);
    await company.follows(PLACE.service);
    await company.follows(PLACE.toPlace);
    const place = new URL(company.page.url()).pathname;
    await company.reads(PLACE.yours);
    await company.presses(PLACE.giveBack);
    await company.isToldMistakes(1);
    await company.reads(PLACE.nothingKept);
    await company.presses(PLACE.confirm);
    await company.page.getByText(PLACE.confirmed).first().waitFor();
    await company.opens(place);
    await company.reads(PLACE.confirmedBy);
    assert.equal(await company.main.getByRole('button', { name: PLACE.confirm }).count(), 0, 'confirmed twice');

    await company.presses(PLACE.giveBack);
    await company.isToldMistakes(1);
    await company.chooses(PLACE.understood);
    await company.presses(PLACE.giveBack);
    await company.page.getByText(PLACE.givenBack).first().waitFor();
    await company.opens(place);
    await company.reads(PLACE.outOfLine);
    assert.equal(await company.main.getByRole('button').count(), 0, 'given back twice');
    await company.opens(ADDRESSES.habilitations);
    const row = company.main.getByRole('listitem').filter({ hasText: PLACE.service }).filter({ hasText: PLACE.ended });
    assert.equal(await row.count(), 1, 'the list does not say that it is over');
    await company.opensMail(COMPANY, PLACE.letter);
    await company.leaves();
  });
}
