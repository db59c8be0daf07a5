// The team’s pages: each answers and is sound, and each form sent empty says what is missing.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, ADMINISTRATOR, JURIST, REVIEWER, TEAM_FORMS } from './words.mjs';

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
}
