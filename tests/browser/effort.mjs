// What deciding costs a reviewer: their acts, counted by the browser itself, from the queue to the decision. With scripts.
//
// An act is a click, or a key that is not text. A field that is typed in costs two: the click that puts the cursor there, and one for its
// text whatever its length. Choosing in a list would cost one more than its click. Moving the eyes or the wheel costs nothing.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, APPLICANT, BUTTONS, CLAMART, DECIDING, FIELDS, GROUND, HAS_READ, REVIEWER, STATES, aDemande } from './words.mjs';

const TARGETS = { approve: 6, clarify: 12, refuse: 10 };

/** Counts what somebody's browser receives from their hands, across pages. */
async function counting(person) {
  const acts = [];
  await person.page.exposeFunction('anAct', (act) => acts.push(act));
  await person.page.addInitScript(() => {
    let typed = null; // the field whose text is already counted
    const isText = (event) => event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.target.matches('input:not([type=radio], [type=checkbox]), textarea');
    const told = (event) => (event.target.closest('a, button, label, summary')?.innerText ?? event.target.name ?? '').trim().slice(0, 40);
    addEventListener('pointerdown', (event) => event.isTrusted && window.anAct(`click ${told(event)}`), true);
    addEventListener('keydown', (event) => event.isTrusted && !isText(event) && window.anAct(`key ${event.key}`), true);
    addEventListener('input', (event) => {
      if (!event.isTrusted || !event.target.matches('input:not([type=radio], [type=checkbox]), textarea') || typed === event.target) return;
      typed = event.target;
      window.anAct(`text in ${event.target.name}`);
    }, true);
  });
  return acts;
}

/** Puts the cursor in a field with the mouse, and types there key by key. */
async function writes(person, field, text) {
  await field.click();
  await person.page.keyboard.type(text);
}

/** A complete demande, in the queue after all the others. */
async function aReceivedDemande(arrives, service) {
  const applicant = await arrives();
  await applicant.signsIn(APPLICANT);
  const number = await applicant.startsADemande(CLAMART);
  await applicant.fillsDemande(aDemande(service));
  await applicant.attestsAndSubmits();
  await applicant.leaves();
  return number;
}

/** Someone who has the queue before their eyes, where that demande is, and opens it there; what they did since. */
async function takesFromTheQueue(arrives, number) {
  const reviewer = await arrives();
  const acts = await counting(reviewer);
  await reviewer.signsIn(REVIEWER);
  await reviewer.opens(ADDRESSES.queue);
  acts.length = 0;
  await reviewer.follows(`D${number}`);
  await reviewer.presses(DECIDING.take);
  await reviewer.reads(DECIDING.mine);
  return { reviewer, acts };
}

function isWithin(context, acts, what, most) {
  context.diagnostic(`${what}: ${acts.length} acts, ${most} at most (${acts.join(', ')})`);
  assert.ok(acts.length > 0 && acts.length <= most, `${what}: ${acts.length} acts where ${most} should do: ${acts.join(', ')}`);
}

export function effort(arrives) {
  it('a complete demande of an administration is taken, read and approved within six acts', async (context) => {
    const number = await aReceivedDemande(arrives, 'Portail des familles pressées');
    const { reviewer, acts } = await takesFromTheQueue(arrives, number);
    for (const read of ['Portail des familles pressées', 'Le service scolaire de la commune et son hébergeur.', 'Envoyer la confirmation de l’inscription.']) await reviewer.reads(read);
    await reviewer.follows(DECIDING.approve);
    await reviewer.presses(BUTTONS.readTheLetter);
    await reviewer.reads(DECIDING.theLetter);
    await reviewer.presses(BUTTONS.approve);
    await reviewer.reads(STATES.approved);
    isWithin(context, acts, 'take, read and approve', TARGETS.approve);
    await reviewer.leaves();
  });

  it('two clarifications are asked within twelve acts', async (context) => {
    const number = await aReceivedDemande(arrives, 'Portail des questions');
    const { reviewer, acts } = await takesFromTheQueue(arrives, number);
    await reviewer.follows(DECIDING.askChanges);
    const questions = [
      ['Les données', 'Adresse électronique', 'Cette adresse peut-elle être demandée dans le formulaire ?'],
      ['Les données personnelles', 'Destinataires', 'Quel hébergeur recevra ces données ?'],
    ];
    for (const [step, answer, question] of questions) {
      const points = reviewer.main.getByRole('group', { name: step, exact: true });
      await points.locator('summary').click();
      await writes(reviewer, points.getByLabel(new RegExp(answer, 'i')).first(), question);
    }
    await reviewer.presses(BUTTONS.askChanges);
    await reviewer.reads(STATES.changesRequested);
    for (const [, , question] of questions) assert.ok(await reviewer.main.getByText(question).count(), `« ${question} » stands in the journal`);
    isWithin(context, acts, 'ask two clarifications', TARGETS.clarify);
    await reviewer.leaves();
  });

  it('a demande is refused with its reasons within ten acts', async (context) => {
    const number = await aReceivedDemande(arrives, 'Portail démesuré');
    const { reviewer, acts } = await takesFromTheQueue(arrives, number);
    await reviewer.acts(DECIDING.refuse);
    await reviewer.main.getByText(GROUND).first().click();
    await writes(reviewer, reviewer.field(FIELDS.facts), 'Le pays de naissance n’a pas de rapport avec la cantine.');
    await reviewer.presses(BUTTONS.readTheLetter);
    await reviewer.reads('Le pays de naissance n’a pas de rapport avec la cantine.');
    await reviewer.main.getByText(HAS_READ).first().click();
    await reviewer.presses(BUTTONS.refuse);
    await reviewer.reads(STATES.refused);
    isWithin(context, acts, 'refuse with reasons', TARGETS.refuse);
    await reviewer.leaves();
  });
}
