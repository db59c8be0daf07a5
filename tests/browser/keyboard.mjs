// The queue and a dossier without a mouse, and on the narrowest screen. With scripts: the shortcuts are theirs.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { focused, tabsTo } from './keys.mjs';
import { ADDRESSES, DECIDING, PANEL, REVIEWER } from './words.mjs';

const NARROWEST = { width: 320, height: 640 };

const at = (person) => new URL(person.page.url()).pathname;

export function keyboard(arrives) {
  it('a reviewer goes from a place of the panel to its dossier with the keyboard alone, on the narrowest screen too', async () => {
    const reviewer = await arrives();
    const { page } = reviewer;
    await reviewer.signsIn(REVIEWER);
    await page.setViewportSize(NARROWEST);
    await reviewer.opens(PANEL.address);
    await tabsTo(reviewer, PANEL.held);
    const place = page.locator(':focus');
    const [dossier, { width, height }] = [await place.getAttribute('href'), await place.boundingBox()];
    assert.ok(width >= 24 && height >= 24, `a place of ${width} × ${height} px`);
    await tabsTo(reviewer, PANEL.table);
    await page.keyboard.press('Enter');
    await reviewer.main.getByRole('table', { name: PANEL.caption }).waitFor();
    await reviewer.opens(PANEL.address);
    await tabsTo(reviewer, PANEL.held);
    await reviewer.goes(() => page.keyboard.press('Enter'));
    assert.equal(at(reviewer), dossier);
    await reviewer.leaves();
  });

  it('a reviewer goes through the queue, a dossier and the next one with the keyboard alone', async () => {
    const reviewer = await arrives();
    const { page } = reviewer;
    await reviewer.signsIn(REVIEWER);
    await reviewer.opens(ADDRESSES.queue);
    const numbers = await reviewer.main.locator('[data-open]').allInnerTexts();
    assert.ok(numbers.length >= 3, 'a list to go through');

    await page.keyboard.press('?');
    const shortcuts = page.getByRole('dialog', { name: DECIDING.shortcuts });
    await shortcuts.waitFor();
    for (const key of ['j', 'k', 'o', 't', '?']) assert.ok(await shortcuts.locator('kbd').getByText(key, { exact: true }).isVisible(), key);
    await page.keyboard.press('Escape');
    await shortcuts.waitFor({ state: 'hidden' });

    for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
    assert.equal(await focused(reviewer), numbers[0], 'down, down, up');
    await page.keyboard.press('j');
    await reviewer.goes(() => page.keyboard.press('o'));
    assert.equal(at(reviewer), `${ADDRESSES.queue}/${numbers[1].slice(1)}`);

    await page.keyboard.press('?');
    await shortcuts.waitFor();
    await page.keyboard.press('Enter'); // its button has the focus, or the tick before it
    await page.keyboard.press('Escape');
    await shortcuts.waitFor({ state: 'hidden' });
    await reviewer.goes(() => page.keyboard.press('j'));
    assert.equal(at(reviewer), `${ADDRESSES.queue}/${numbers[2].slice(1)}`, 'the next one of the list');
    await reviewer.goes(() => page.keyboard.press('k'));
    assert.equal(at(reviewer), `${ADDRESSES.queue}/${numbers[1].slice(1)}`, 'and back');

    // Without shortcuts: Tab shows where one is, and leads to the next dossier.
    await tabsTo(reviewer, new RegExp(`${numbers[2]} →`));
    await reviewer.goes(() => page.keyboard.press('Enter'));
    assert.equal(at(reviewer), `${ADDRESSES.queue}/${numbers[2].slice(1)}`);
    await reviewer.goes(() => page.keyboard.press('f'));
    assert.equal(at(reviewer), ADDRESSES.queue);
    await page.keyboard.press('o');
    await page.waitForURL(`**${ADDRESSES.queue}/${numbers[2].slice(1)}?**`, { timeout: 5000 });
    await reviewer.leaves();
  });

  it('a letter typed in a field is a letter, and shortcuts can be given up', async () => {
    const reviewer = await arrives();
    const { page } = reviewer;
    await reviewer.signsIn(REVIEWER);
    await reviewer.opens(ADDRESSES.queue);
    await reviewer.main.getByRole('searchbox').first().click();
    await page.keyboard.type('tjok?');
    assert.equal(await reviewer.main.getByRole('searchbox').first().inputValue(), 'tjok?');
    assert.equal(at(reviewer), ADDRESSES.queue);
    await reviewer.main.getByRole('button', { name: DECIDING.shortcuts }).click();
    await page.getByLabel(DECIDING.useShortcuts).uncheck({ force: true });
    await page.keyboard.press('Escape');
    await page.locator('body').press('?');
    assert.equal(await page.getByRole('dialog', { name: DECIDING.shortcuts }).isVisible(), false, 'given up, and remembered on this machine');
    await reviewer.leaves();
  });

  it('the queue and a dossier hold in 320 px, nothing sideways, nothing axe finds', async () => {
    const reviewer = await arrives();
    await reviewer.page.setViewportSize(NARROWEST);
    await reviewer.signsIn(REVIEWER);
    for (const address of [ADDRESSES.queue, `${ADDRESSES.queue}?etat=toutes`, `${ADDRESSES.queue}/2`, `${ADDRESSES.queue}/7`]) {
      await reviewer.opens(address);
      const overflow = await reviewer.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0, `${address} scrolls sideways`);
    }
    assert.deepEqual(reviewer.findings, []);
    await reviewer.leaves();
  });
}
