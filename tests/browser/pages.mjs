// Pages anyone may open, and what holds on all of them.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, APPLICANT } from './words.mjs';

export function pages(arrives) {
  it('every page open to anyone answers and is sound', async () => {
    const visitor = await arrives();
    for (const address of [...ADDRESSES.anyone, ADDRESSES.mailbox, ADDRESSES.components]) {
      assert.equal(await visitor.opens(address), 200, address);
    }
    await visitor.leaves();
  });

  it('every page of one’s own answers and is sound', async () => {
    const person = await arrives();
    await person.signsIn(APPLICANT);
    for (const address of ADDRESSES.own) assert.equal(await person.opens(address), 200, address);
    await person.leaves();
  });

  it('a page that does not exist says so and leads on', async () => {
    const visitor = await arrives();
    assert.equal(await visitor.opens('/cette-page-n-existe-pas'), 404);
    assert.ok((await visitor.main.getByRole('link').count()) > 0, 'no next link');
    await visitor.leaves();
  });

  it('the keyboard reaches the content first, then everything, and shows where it is', async () => {
    const visitor = await arrives();
    await visitor.opens(ADDRESSES.signIn);
    // A field may hold the cursor on arrival: the walk starts from the top of the page.
    await visitor.page.evaluate(() => document.activeElement.blur());
    await visitor.page.keyboard.press('Tab');
    const first = visitor.page.locator(':focus');
    assert.equal(await first.getAttribute('href'), '#contenu');
    assert.ok(await first.isVisible(), 'the first link is hidden while it has the focus');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.keyboard.press('Tab');
    assert.ok(await visitor.page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'the skip link does not lead to the content');
    await visitor.leaves();
  });
}
