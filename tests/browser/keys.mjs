// A person without a mouse: Tab, Enter, Space, the arrows; and the one question asked at every step: can they see where they are?
import assert from 'node:assert/strict';

const MOST_TABS = 200;

/** What has the focus, as its words tell it. */
export const focused = (person) => person.page.evaluate(() => document.activeElement.innerText?.trim() ?? '');

/** Whether that element has the focus. */
export const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);

/** One Tab; fails when what it reaches cannot be seen, or does not show that it has the focus. */
export async function tabs(person) {
  await person.page.keyboard.press('Tab');
  const fault = await person.page.evaluate(faultOfFocus);
  assert.equal(fault, null, fault);
}

/** Goes from thing to thing with Tab until that one: a locator, or what its words match. */
export async function tabsTo(person, wanted) {
  const isThere = wanted instanceof RegExp ? async () => wanted.test(await focused(person)) : () => hasFocus(wanted);
  for (let count = 0; count < MOST_TABS; count += 1) {
    await tabs(person);
    if (await isThere()) return;
  }
  assert.fail(`${wanted} is not reached with Tab`);
}

/** Reaches a link or a button and presses it with that key; it leads to another page. */
export async function opensWith(person, key, wanted) {
  await tabsTo(person, wanted);
  await person.goes(() => person.page.keyboard.press(key));
}

/** Reaches a field and writes in it, in place of what it held. */
export async function writes(person, field, words) {
  await tabsTo(person, field);
  await person.page.keyboard.press('Control+a');
  await person.page.keyboard.insertText(words);
}

/** From a mistake told on top, where the page has put the focus, into the field it is about. */
export async function followsMistake(person, field) {
  assert.ok(await hasFocus(person.page.locator('#erreurs')), 'the page does not begin by its mistakes');
  const link = person.page.locator(`#erreurs a[href="#${await field.getAttribute('id')}"]`);
  await tabsTo(person, link);
  await person.page.keyboard.press('Enter');
  assert.ok(await hasFocus(field), `« ${await link.innerText()} » does not lead into its field`);
}

/** Follows a link within the page: the next Tab goes on from where it leads. */
export async function goesTo(person, link) {
  await tabsTo(person, link);
  const part = person.page.locator(await link.getAttribute('href'));
  await person.page.keyboard.press('Enter');
  const isSeen = await part.evaluate((element) => element.getBoundingClientRect().top < innerHeight && element.getBoundingClientRect().bottom > 0);
  assert.ok(isSeen, `« ${await link.innerText()} » leads out of sight`);
  await tabs(person);
  const comesAfter = await part.evaluate((element) => Boolean(element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING));
  assert.ok(comesAfter, `after « ${await link.innerText()} », Tab does not go on from there`);
}

/** Moves a table sideways with the arrows, when it is wider than its box; says whether it is. */
export async function movesSideways(person, table) {
  const box = table.locator('xpath=ancestor::*[contains(@class, "fr-table__content")]');
  await tabsTo(person, box);
  const overflows = await box.evaluate((element) => element.scrollWidth > element.clientWidth);
  if (!overflows) return false;
  await person.page.keyboard.press('ArrowRight');
  for (let tries = 0; (await box.evaluate((element) => element.scrollLeft)) === 0; tries += 1) {
    assert.ok(tries < 20, 'the arrows do not move the table');
    await person.page.waitForTimeout(100); // it glides
  }
  return true;
}

/** What scrolls in a box of its own and cannot be reached, or has no name: nobody could read its end with the keyboard alone. */
export const unreachable = (person) =>
  person.page.evaluate(() => {
    const scrolls = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
    const isReached = (element) => element.tabIndex >= 0 && element.getAttribute('role') && (element.ariaLabel || element.getAttribute('aria-labelledby'));
    return [...document.querySelectorAll('main *')].filter((element) => element.checkVisibility() && scrolls(element) && !isReached(element)).map((element) => element.outerHTML.slice(0, 120));
  });

/** In the page: why what has the focus cannot be seen to have it; nothing when it can. */
function faultOfFocus() {
  const { activeElement: here } = document;
  if (here === document.body || here === null) return null; // past the last thing: the browser’s own bars
  const name = `« ${(here.innerText || here.getAttribute('aria-label') || here.id || here.outerHTML).trim().slice(0, 60)} »`;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here);
  const isMarked = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  if (!isMarked) return `${name} has the focus and does not show it`;
  const inWindow = ({ left, top, right, bottom }) => ({ left: Math.max(left, 0), top: Math.max(top, 0), right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight) });
  const parts = [...here.getClientRects()].map(inWindow).filter(({ left, top, right, bottom }) => right - left >= 1 && bottom - top >= 1);
  if (parts.length === 0) return `${name} has the focus out of sight`;
  const isOurs = (found) => found !== null && (here.contains(found) || found.contains(here) || found.closest('label')?.control === here);
  const isOnTop = ({ left, top, right, bottom }) => isOurs(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  return parts.some(isOnTop) ? null : `${name} has the focus under something else`;
}
