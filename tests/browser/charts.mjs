// What is drawn, for whoever hears it: an image that says the whole, and a table that says each figure.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, CHARTS, COMPANY, PANEL, REVIEWER } from './words.mjs';

const spaced = (words) => words.replace(/\s+/g, ' ').trim(); // no-break spaces are read as spaces

/** What a screen reader is given of the page: the nodes of Chromium’s accessibility tree. */
async function heard(person) {
  const session = await person.page.context().newCDPSession(person.page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.filter((node) => !node.ignored);
}

/** Each drawing is one image with a name, and nothing of it is read piece by piece. */
async function isHeardWhole(person) {
  const nodes = await heard(person);
  const ids = new Set(nodes.map((node) => node.nodeId));
  const images = nodes.filter((node) => node.role?.value === 'image');
  for (const image of images) {
    assert.ok(image.name?.value, 'an image without a name');
    assert.deepEqual(image.childIds.filter((id) => ids.has(id)), [], `« ${image.name.value} » is read piece by piece`);
  }
  const drawings = await person.main.locator('svg:not([aria-hidden="true"])').all();
  for (const drawing of drawings) assert.equal(await drawing.getAttribute('role'), 'img');
  assert.equal(images.length, drawings.length, 'as many images heard as drawings seen');
}

/** The table that says the same: its caption, heads of columns and of rows, and what the drawing says, figure for figure. */
async function isInTables(person, captions, figures) {
  const said = [];
  for (const caption of captions) {
    const table = person.main.getByRole('table', { name: caption, exact: true });
    assert.equal(spaced(await table.locator('caption').textContent()), caption);
    assert.ok((await table.getByRole('columnheader').count()) > 1, `${caption}: heads of columns`);
    assert.ok((await table.getByRole('rowheader').count()) > 0, `${caption}: heads of rows`);
    const mute = await table.locator('th:not([scope="col"]):not([scope="row"])').count();
    assert.equal(mute, 0, `${caption}: a head that does not say of what`);
    const cells = (await table.getByRole('cell').allTextContents()).map(spaced);
    said.push(...cells, ...cells.flatMap((cell) => cell.split(' sur ')));
  }
  const isSaid = (figure) => said.some((cell) => cell === figure || cell.startsWith(`${figure} `));
  for (const figure of figures) assert.ok(isSaid(figure), `${figure} is drawn and in no table: ${captions}`);
}

/** A sheet of curves: its name says what, from when to when, and each curve from its first value to its last. */
async function curvesAreHeard(person, { title, curves, tables }) {
  const image = person.main.getByRole('img', { name: title });
  const name = spaced(await image.locator('title').textContent());
  const values = curves.map((curve) => name.match(new RegExp(`${curve}, (?:de (.+?) à (.+?)|toujours (.+?))(?: ;|$)`)));
  values.forEach((value, at) => assert.ok(value, `« ${curves[at]} » is not in « ${name} »`));
  assert.match(name, / (de|du) .+ (à|au) /, 'from when to when');
  const ends = (await image.locator('.is-label').allTextContents()).map(spaced).filter(Boolean);
  await isInTables(person, tables, [...values.flatMap(([, from, to, always]) => [from, to, always]), ...ends].filter(Boolean));
}

export function charts(arrives) {
  it('the places of the experiment are heard sector by sector, and told in a table', async () => {
    const visitor = await arrives();
    await visitor.opens(ADDRESSES.experiment);
    await isHeardWhole(visitor);
    const names = (await visitor.main.getByRole('img').evaluateAll((images) => images.map((image) => image.getAttribute('aria-label')))).map(spaced);
    assert.equal(names.length, 7, 'six sectors, and what is open to all');
    for (const name of names) assert.match(name, /^\S.+ : \d+ /, 'a sector, then its figures');
    await isInTables(visitor, [CHARTS.sectors], names.map((name) => name.match(/\d+/)[0]));
    await visitor.leaves();
  });

  it('the shares of the assessment are heard in a sentence, and told in tables', async () => {
    const visitor = await arrives();
    await visitor.opens(ADDRESSES.assessment);
    await isHeardWhole(visitor);
    await curvesAreHeard(visitor, CHARTS.assessment);
    await visitor.leaves();
  });

  it('a participant hears its own curves, on the page of its months and on that of a report', async () => {
    const company = await arrives();
    await company.signsIn(COMPANY);
    await company.opens(ADDRESSES.ownReports);
    await company.follows(CHARTS.toOwn);
    await isHeardWhole(company);
    for (const chart of CHARTS.own) await curvesAreHeard(company, chart);
    await company.goes(() => company.main.getByRole('row').filter({ hasText: CHARTS.received }).getByRole('link').first().click());
    await isHeardWhole(company);
    await curvesAreHeard(company, CHARTS.report);
    await company.leaves();
  });

  it('the arrivals of the panel are heard in a sentence, and told in a table that unfolds', async () => {
    const reviewer = await arrives();
    await reviewer.signsIn(REVIEWER);
    await reviewer.opens(PANEL.address);
    await isHeardWhole(reviewer);
    await reviewer.main.locator('summary', { hasText: PANEL.figures }).click();
    await curvesAreHeard(reviewer, CHARTS.arrivals);
    await reviewer.leaves();
  });
}
