// The demandes of each kind, and what filing one costs: fields typed, keys pressed, clicks.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, APPLICANT, ATTESTATIONS, BUTTONS, COMPANY, CONTINUE, FIELDS, PRIVATE_DEMANDES, TOWN_HALL, VALBOURG } from './words.mjs';

/** What somebody does, counted as it is done. */
class Work {
  fields = 0;
  keys = 0;
  clicks = 0;

  constructor(person) {
    this.person = person;
  }

  async types(answers, group) {
    const where = group ? this.person.main.getByRole('group', { name: group }) : this.person.main;
    await this.person.types(answers, where);
    this.fields += Object.keys(answers).length;
    for (const value of Object.values(answers)) this.keys += value.length;
  }

  async ticks(...labels) {
    for (const label of labels) await this.person.chooses(label);
    this.clicks += labels.length;
  }

  async presses(button) {
    await this.person.presses(button);
    this.clicks += 1;
  }

  async follows(link) {
    await this.person.follows(link);
    this.clicks += 1;
  }

  get figures() {
    return `${this.fields} fields typed, ${this.keys} keys, ${this.clicks} clicks`;
  }
}

/** The keys that the same contents take in DataPass's form « france-connect » typed in full: its 21 text fields, optional ones left out. */
function keysInDataPass(recipients, technical) {
  const texts = [
    TOWN_HALL.service,
    TOWN_HALL.description,
    'Arrêté du 8 novembre 2018 relatif au téléservice dénommé « FranceConnect »',
    'https://www.legifrance.gouv.fr/loda/id/JORFTEXT000037611479',
    recipients,
    TOWN_HALL.months,
    ...[TOWN_HALL.controller, TOWN_HALL.dpo, technical].flatMap((contact) => Object.values(contact)),
  ];
  assert.equal(texts.length, 21);
  return texts.reduce((keys, text) => keys + text.length, 0);
}

const without = (contact, label) => Object.fromEntries(Object.entries(contact).filter(([name]) => name !== label));

async function describesTheService(work) {
  await work.types({ 'Nom du service': TOWN_HALL.service, 'À quoi sert-il, et qui l’utilisera': TOWN_HALL.description });
  await work.presses(BUTTONS.next);
  await work.presses(BUTTONS.next); // the arrêté is already chosen
  await work.presses(BUTTONS.next); // and so is the level
  await work.ticks('Nom de naissance', 'Prénoms', 'Adresse électronique');
  await work.presses(/Envoyer la confirmation de la démarche/);
  await work.presses(BUTTONS.next);
  await work.presses(/Les agents du service qui traite la démarche, et l’hébergeur/);
  await work.types({ 'Durée de conservation': TOWN_HALL.months });
  await work.presses(BUTTONS.next);
}

async function attests(work) {
  await work.ticks(...[]);
  for (const attestation of ATTESTATIONS) await work.person.main.getByLabel(attestation).check({ force: true });
  work.clicks += ATTESTATIONS.length;
  await work.presses(BUTTONS.submit);
  await work.person.readsTitle(/^Récépissé/);
}

export function kinds(arrives) {
  for (const { siret, kind, rank, steps } of PRIVATE_DEMANDES) {
    it(`a private body files: ${kind}`, async () => {
      const applicant = await arrives();
      await applicant.signsIn(COMPANY);
      const number = await applicant.startsADemande(siret, kind);
      for (const { slug } of steps) {
        await applicant.opens(`${ADDRESSES.demandes}/${number}/${slug}?verifier=1`);
        await applicant.opens(`${ADDRESSES.demandes}/${number}/${slug}`);
      }
      await applicant.opens(`${ADDRESSES.demandes}/${number}/service`);
      await applicant.fillsDemande({ steps });
      await applicant.attestsAndSubmits();
      await applicant.readsTitle(/^Récépissé/);
      if (rank) await applicant.reads(rank);
      await applicant.opens(`${ADDRESSES.demandes}/${number}`);
      const typed = steps.flatMap((step) => [...Object.values(step.typed ?? {}), ...Object.values(step.groups ?? {}).flatMap(Object.values)]);
      const clicks = steps.reduce((count, step) => count + 1 + (step.chosen?.length ?? 0) + (step.ticked?.length ?? 0) + Object.keys(step.selected ?? {}).length, 0);
      const keys = typed.reduce((count, text) => count + text.length, 14);
      console.log(`# ${kind}: ${typed.length + 1} fields typed, ${keys} keys, ${clicks + 4 + 4} clicks, nothing taken from examples nor from before`);
      await applicant.leaves();
    });
  }

  it('a town hall files with few fields and few keys, and the next time with fewer', async () => {
    const secretary = await arrives();
    await secretary.signsIn(APPLICANT);
    await secretary.opens(ADDRESSES.account);
    await secretary.page.locator('[name="phone"]').fill('06 12 34 56 78');
    await secretary.presses(BUTTONS.save);

    const first = new Work(secretary);
    await secretary.opens(ADDRESSES.newDemande);
    await first.types({ [FIELDS.siret]: VALBOURG.replaceAll(' ', '') });
    await first.presses(BUTTONS.findOrganisation);
    await first.presses(BUTTONS.startDemande);
    await first.follows(CONTINUE);
    await describesTheService(first);
    await first.types(without(TOWN_HALL.controller, 'Fonction'), 'Responsable de traitement');
    await first.types(without(TOWN_HALL.dpo, 'Fonction'), 'Délégué à la protection des données');
    await first.presses(/^C’est moi : remplir contact technique/);
    const technical = {};
    for (const part of ['given_name', 'family_name', 'job_title', 'email', 'phone']) {
      technical[part] = await secretary.page.locator(`[name="technical_contact_${part}"]`).inputValue();
    }
    assert.equal(await secretary.page.locator('[name="data_controller_job_title"]').inputValue(), 'Maire');
    await first.presses(BUTTONS.next);
    await attests(first);

    const again = new Work(secretary);
    await secretary.opens(ADDRESSES.newDemande);
    await again.follows(/Choisir.*Valbourg/);
    await again.presses(BUTTONS.startDemande);
    await again.follows(CONTINUE);
    await describesTheService(again);
    await again.presses(/^Reprendre Jeanne Marchand/);
    await again.presses(/^Reprendre Luc Bernard/);
    await again.presses(/^Reprendre .* comme contact technique/);
    await again.presses(BUTTONS.next);
    await attests(again);

    const datapass = keysInDataPass('Les agents du service qui traite la démarche, et l’hébergeur du service en ligne.', technical);
    const saved = (work) => Math.round(100 * (1 - work.keys / datapass));
    console.log(`# a town hall, the first time: ${first.figures}; DataPass typed in full: 21 fields, ${datapass} keys; ${saved(first)} % fewer keys`);
    console.log(`# a town hall, the next time: ${again.figures}; ${saved(again)} % fewer keys`);
    assert.ok(first.fields <= 14, `${first.fields} fields typed`);
    assert.ok(saved(first) >= 60, `${saved(first)} % fewer keys`);
    await secretary.leaves();
  });

  it('the Enter key goes on, and never takes the place of a button of the step', async () => {
    const secretary = await arrives();
    await secretary.signsIn(APPLICANT);
    const number = await secretary.startsADemande(VALBOURG);
    await secretary.opens(`${ADDRESSES.demandes}/${number}/contacts`);
    const name = secretary.page.locator('[name="data_controller_given_name"]');
    await name.fill('Jeanne');
    await secretary.goes(() => name.press('Enter'));
    await secretary.isToldMistakes(1);
    assert.equal(await name.inputValue(), 'Jeanne', '« C’est moi » was pressed by the Enter key');
    await secretary.leaves();
  });
}
