// Somebody in front of a browser, and what they do at the desk, in the desk's words.
import assert from 'node:assert/strict';

import { Inspector } from './inspection.mjs';
import { ADDRESSES, ATTESTATIONS, BUTTONS, CONTINUE, DECISIONS, DEMO_PASSWORD, DRESSED_LETTER, FIELDS, HAS_READ, LETTERS, LETTER_TEXT } from './words.mjs';

/** A document as small as can be. */
const DOCUMENT = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n';

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

export class Person {
  #context;
  #inspector;

  /** A new browser with nothing in it: a wide one with scripts, a telephone's without. */
  static async arrives({ browser, desk, javascript, seen }) {
    const viewport = javascript ? WIDE : NARROW;
    const context = await browser.newContext({ baseURL: desk.url, javaScriptEnabled: javascript, viewport, locale: 'fr-FR', timezoneId: 'Europe/Paris' });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    return new Person(context, page, new Inspector(page, { javascript, seen }));
  }

  constructor(context, page, inspector) {
    this.#context = context;
    this.#inspector = inspector;
    this.page = page;
    this.main = page.getByRole('main');
  }

  /** What no page may do and some on the way did. */
  get findings() {
    return this.#inspector.findings;
  }

  /** Closes the browser; fails if any page on the way was not as it must be. */
  async leaves() {
    await this.#context.close();
    const { findings } = this.#inspector;
    assert.ok(findings.length === 0, `Pages on the way:\n  ${findings.join('\n  ')}`);
  }

  // --- Moving about ---------------------------------------------------------------------------------------------------------------

  async opens(address) {
    const answer = await this.page.goto(address);
    await this.#inspector.look();
    return answer.status();
  }

  /** Does something that leads to another page, and looks at that page. */
  async goes(act) {
    const loaded = this.page.waitForEvent('load');
    loaded.catch(() => {}); // when the act itself fails, its own error says more
    await act();
    await loaded;
    await this.#inspector.look();
  }

  async follows(link) {
    await this.goes(() => this.main.getByRole('link', { name: link, exact: typeof link === 'string' }).first().click());
  }

  async presses(button) {
    await this.goes(() => this.main.getByRole('button', { name: button, exact: typeof button === 'string' }).first().click());
  }

  async types(answers, where = this.main) {
    for (const [label, value] of Object.entries(answers)) await this.field(label, where).fill(value);
  }

  /** Ticks a box or picks one of several; its label may lie over it, and takes the click for it. */
  async chooses(label) {
    await this.field(label).check({ force: true });
  }

  /** The field whose label starts so: « Nom » must not find « Prénom », nor a hint hide the label. */
  field(label, where = this.main) {
    // No-break spaces are read as spaces.
    const start = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s');
    return where.getByLabel(new RegExp(`^\\s*${start}`)).first();
  }

  // --- Reading --------------------------------------------------------------------------------------------------------------------

  async reads(words) {
    await this.main.getByText(words).first().waitFor();
  }

  async readsTitle(words) {
    assert.match((await this.page.title()).replace(/\s/g, ' '), words); // no-break spaces read as spaces
  }

  /** Mistakes are told on top, each a link that puts the cursor in its field; nothing typed is lost. */
  async isToldMistakes(atLeast) {
    await this.readsTitle(/^Erreur : /);
    const mistakes = await this.page.locator('#erreurs a').all();
    assert.ok(mistakes.length >= atLeast, `${mistakes.length} mistakes told, at least ${atLeast} expected`);
    for (const mistake of mistakes) {
      const target = await mistake.getAttribute('href');
      assert.equal(await this.page.locator(`[id="${target.slice(1)}"]`).count(), 1, `« ${await mistake.innerText()} » leads nowhere: ${target}`);
    }
  }

  // --- Answering the wizard ------------------------------------------------------------------------------------------------------

  /** Picks that answer and goes on, with the keyboard alone: Tab to the group, arrows to the answer, Enter. */
  async answersByKeyboard(label) {
    const { page } = this;
    await page.evaluate(() => document.activeElement.blur());
    const holdsRadio = () => page.evaluate(() => document.activeElement.type === 'radio');
    for (let tabs = 0; !(await holdsRadio()); tabs += 1) {
      assert.ok(tabs < 40, 'no answer is reached with Tab');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Space');
    for (let steps = 0; !(await this.field(label).isChecked()); steps += 1) {
      assert.ok(steps < 10, `« ${label} » is not reached with the arrows`);
      await page.keyboard.press('ArrowDown');
    }
    await this.goes(() => page.keyboard.press('Enter'));
  }

  async goesBack() {
    await this.goes(() => this.page.goBack());
  }

  // --- Having an account ----------------------------------------------------------------------------------------------------------

  async signsUp({ email, givenName, familyName, password }) {
    await this.opens(ADDRESSES.signUp);
    await this.types({ [FIELDS.givenName]: givenName, [FIELDS.familyName]: familyName, [FIELDS.email]: email, [FIELDS.password]: password });
    await this.presses(BUTTONS.signUp);
  }

  /** Opens the link received, and proves to be the one who chose the password; signed in from then on. */
  async confirmsAddress({ email, password }) {
    await this.opensMail(email, LETTERS.confirmAddress);
    await this.followsTheLetter();
    await this.types({ [FIELDS.ownPassword]: password });
    await this.presses(BUTTONS.confirmAddress);
  }

  async signsIn(email, password = DEMO_PASSWORD) {
    if (new URL(this.page.url()).pathname !== ADDRESSES.signIn) await this.opens(ADDRESSES.signIn);
    await this.types({ [FIELDS.email]: email, [FIELDS.password]: password });
    await this.presses(BUTTONS.signIn);
  }

  async signsOut() {
    const buttons = this.page.getByRole('banner').getByRole('button', { name: BUTTONS.signOut });
    const isVisible = async () => (await Promise.all((await buttons.all()).map((button) => button.isVisible()))).some(Boolean);
    if (!(await isVisible())) await this.page.getByRole('button', { name: 'Menu', exact: true }).click();
    await this.goes(() => buttons.locator('visible=true').first().click());
  }

  // --- Letters (demo mode shows every letter sent) --------------------------------------------------------------------------------

  /** Opens the last letter of that kind sent to that address. */
  async opensMail(to, subject) {
    for (let tries = 0; ; tries += 1) {
      await this.opens(ADDRESSES.mailbox);
      if (await this.letterIn(to, subject).count()) break;
      assert.ok(tries < 20, `no letter ${subject} to ${to} after 10 s`);
      await this.page.waitForTimeout(500); // letters leave after the act, by the worker
    }
    await this.goes(() => this.letterIn(to, subject).click());
    await this.follows(DRESSED_LETTER); // as a mail reader shows it: looked at like any page
    await this.goes(() => this.page.goBack());
  }

  letterIn(to, subject) {
    return this.main.getByRole('row').filter({ hasText: to }).filter({ hasText: subject }).first().getByRole('link').first();
  }

  /** Opens the link that the letter is about. */
  async followsTheLetter() {
    await this.goes(() => this.main.getByRole('region', { name: LETTER_TEXT }).getByRole('link').first().click());
  }

  // --- Filing a demande -----------------------------------------------------------------------------------------------------------

  /** From the list to the first step; gives the demande's number. */
  async startsADemande(siret, kind) {
    await this.opens(ADDRESSES.newDemande);
    await this.types({ [FIELDS.siret]: siret });
    await this.presses(BUTTONS.findOrganisation);
    if (kind) await this.chooses(kind);
    await this.presses(BUTTONS.startDemande);
    await this.follows(CONTINUE);
    return Number(new URL(this.page.url()).pathname.split('/')[2]);
  }

  async fillsStep({ slug, typed = {}, groups = {}, chosen = [], ticked = [], selected = {}, why = {} }) {
    assert.equal(new URL(this.page.url()).pathname.split('/')[3], slug);
    await this.types(typed);
    for (const [group, answers] of Object.entries(groups)) await this.types(answers, this.main.getByRole('group', { name: group }));
    for (const choice of [...chosen, ...ticked]) await this.chooses(choice);
    for (const [label, option] of Object.entries(selected)) await this.field(label).selectOption({ label: option });
    for (const [name, sentence] of Object.entries(why)) await this.page.locator(`[name="${name}"]`).fill(sentence);
    await this.presses(BUTTONS.next);
  }

  async fillsDemande({ steps }) {
    for (const step of steps) await this.fillsStep(step);
  }

  /** Chooses a document for that field: with scripts it goes at once, without them it goes with the form. */
  async joins(field, name) {
    await this.page.locator(`#${field}`).setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(DOCUMENT) });
  }

  async attestsAndSubmits(button = BUTTONS.submit) {
    for (const attestation of ATTESTATIONS) await this.main.getByLabel(attestation).check({ force: true });
    await this.presses(button);
  }

  // --- Deciding -------------------------------------------------------------------------------------------------------------------

  /** Finds the dossier in the queue, as a reviewer does. */
  async opensDossier(number) {
    await this.opens(ADDRESSES.queue);
    await this.types({ [FIELDS.search]: `D${number}` });
    await this.presses(BUTTONS.search); // one dossier has that number: it opens
    assert.equal(new URL(this.page.url()).pathname, `${ADDRESSES.queue}/${number}`);
  }

  async confirmsMembership(how) {
    await this.types({ [FIELDS.howVerified]: how });
    await this.presses(BUTTONS.confirmMembership);
  }

  async approves() {
    await this.follows(DECISIONS.approve);
    await this.presses(BUTTONS.readTheLetter);
    await this.presses(BUTTONS.approve);
  }

  async asksForChanges(words, point) {
    await this.follows(DECISIONS.askChanges);
    await this.types({ [FIELDS.changes]: words, ...(point && { [FIELDS.point]: point }) });
    await this.presses(BUTTONS.askChanges);
  }

  /** Follows the link of an act on a dossier; on a telephone it is folded with the others. */
  async acts(link) {
    if (!(await this.main.getByRole('link', { name: link }).first().isVisible())) await this.main.locator('.hab-more > summary').click();
    await this.follows(link);
  }

  async refuses(ground, facts) {
    await this.acts(DECISIONS.refuse);
    await this.chooses(ground);
    await this.types({ [FIELDS.facts]: facts });
    await this.presses(BUTTONS.readTheLetter);
    await this.chooses(HAS_READ);
    await this.presses(BUTTONS.refuse);
  }
}
