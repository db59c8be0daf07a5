// A participation that is over: the team puts its participant on notice, who certifies that access is removed and data destroyed.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, COMPANY, ENDS, REVIEWER } from './words.mjs';

/** A day in the past, as a date field sends it. */
const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });

export function ends(arrives) {
  it('who has not certified is put on notice by somebody, then signs, and everybody reads it', async () => {
    const reviewer = await arrives();
    await reviewer.signsIn(REVIEWER);
    await reviewer.opens(ADDRESSES.reports);
    await reviewer.follows(ENDS.toNotice);
    await reviewer.types({ [ENDS.facts]: '' });
    await reviewer.presses(ENDS.sendNotice);
    await reviewer.isToldMistakes(1);
    await reviewer.types({ [ENDS.facts]: 'Nous n’avons reçu aucune attestation.' });
    await reviewer.presses(ENDS.sendNotice);
    await reviewer.reads(ENDS.noticed);

    const company = await arrives();
    await company.signsIn(COMPANY);
    await company.opensMail(COMPANY, ENDS.letter);
    await company.followsTheLetter();
    await company.reads(ENDS.noticed);
    await company.presses(ENDS.sign);
    await company.isToldMistakes(5);
    await company.types({ [ENDS.method]: 'Le bouton est retiré, les comptes sont effacés.', [ENDS.signatory]: 'Hélène Marchand', [ENDS.quality]: 'Directrice' });
    await company.types({ [ENDS.removedOn]: daysAgo(60), [ENDS.destroyedOn]: daysAgo(62) });
    await company.chooses(ENDS.destroyed);
    await company.chooses(ENDS.attests);
    // The Enter key of a field signs as the button does.
    await company.goes(() => company.field(ENDS.quality).press('Enter'));
    await company.reads(ENDS.odd);
    assert.equal(await company.field(ENDS.signatory).inputValue(), 'Hélène Marchand');
    await company.chooses(ENDS.confirms);
    await company.presses(ENDS.sign);
    await company.page.getByText(ENDS.received).first().waitFor();
    await company.follows(ENDS.correct);
    await company.presses(ENDS.signCorrection);
    await company.isToldMistakes(2);
    await company.types({ [ENDS.because]: 'Une sauvegarde restait.', [ENDS.destroyedOn]: daysAgo(59) });
    await company.chooses(ENDS.attests);
    await company.presses(ENDS.signCorrection);
    await company.reads('Une sauvegarde restait.');
    await company.reads(ENDS.before);
    const end = new URL(company.page.url()).pathname;
    await company.opens(ADDRESSES.ownReports);
    await company.leaves();

    await reviewer.opens(end);
    await reviewer.reads('Hélène Marchand');
    await reviewer.opens(`${end.replace(/fin$/, 'rapports')}`);
    await reviewer.reads(ENDS.signed);
    await reviewer.opens(ADDRESSES.reports);
    assert.equal(await reviewer.main.getByRole('link', { name: ENDS.toNotice }).count(), 0);
    await reviewer.leaves();
  });
}
