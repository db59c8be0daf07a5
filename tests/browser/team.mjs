// The team’s pages: each answers and is sound, and each form sent empty says what is missing.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, ADMINISTRATOR, COMPANY, JURIST, REVIEWER, SILENT, TEAM_FORMS } from './words.mjs';

export function team(arrives) {
  it('every page of the team answers and is sound', async () => {
    const reviewer = await arrives();
    await reviewer.signsIn(REVIEWER);
    for (const address of ADDRESSES.team) assert.equal(await reviewer.opens(address), 200, address);
    await reviewer.leaves();
    const administrator = await arrives();
    await administrator.signsIn(ADMINISTRATOR);
    for (const address of ADDRESSES.administration) assert.equal(await administrator.opens(address), 200, address);
    await administrator.leaves();
    const jurist = await arrives();
    await jurist.signsIn(JURIST);
    for (const address of ['/instruction', '/instruction/avis', '/instruction/7']) assert.equal(await jurist.opens(address), 200, address);
    await jurist.leaves();
  });

  it('each form of the team sent empty says what is missing, with a link to where', async () => {
    const people = { [REVIEWER]: await arrives(), [ADMINISTRATOR]: await arrives() };
    for (const [address, person] of Object.entries(people)) await person.signsIn(address);
    for (const { by, at, button } of TEAM_FORMS) {
      await people[by].opens(at);
      await people[by].presses(button);
      await people[by].isToldMistakes(1);
    }
    for (const person of Object.values(people)) await person.leaves();
  });

  it('who does not answer is reminded then warned, and silence is explained to whom it concerns', async () => {
    const company = await arrives();
    await company.signsIn(COMPANY);
    await company.opens(`${ADDRESSES.demandes}/${SILENT.rejected}`);
    await company.reads(SILENT.owed);
    await company.opens(`${ADDRESSES.demandes}/${SILENT.accepted}`);
    await company.reads(SILENT.toSign);
    assert.ok(await company.main.getByRole('button', { name: SILENT.attestation }).isVisible());

    const reviewer = await arrives();
    await reviewer.signsIn(REVIEWER);
    await reviewer.opens(`${ADDRESSES.queue}/${SILENT.unanswered}`);
    await reviewer.presses(SILENT.remind);
    await reviewer.page.getByText(SILENT.reminded).first().waitFor();
    await reviewer.follows(SILENT.toWarning);
    await reviewer.presses(SILENT.warn);
    await reviewer.page.getByText(SILENT.warned).first().waitFor();
    await reviewer.opens(`${ADDRESSES.queue}/${SILENT.rejected}`);
    await reviewer.follows(SILENT.toReasons);
    await reviewer.types({ [SILENT.inLaw]: 'l’arrêté du 8 novembre 2018, article 4.', [SILENT.inFact]: 'le service sert aussi à autre chose.' });
    await reviewer.presses(SILENT.giveReasons);
    await reviewer.page.getByText(SILENT.given).first().waitFor();
    await reviewer.leaves();

    await company.opens(`${ADDRESSES.demandes}/${SILENT.rejected}`);
    await company.reads('le service sert aussi à autre chose.');
    await company.leaves();
  });
}
