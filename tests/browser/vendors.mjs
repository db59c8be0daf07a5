// A software vendor files for its clients, and a client who has no account answers.
import { it } from 'node:test';
import assert from 'node:assert/strict';

import { APPLICANT, ASSOCIATION, REVIEWER, VALBOURG } from './words.mjs';

const VENDOR = '41816609600069';
const PEOPLE = ['data_controller', 'data_protection_officer', 'technical_contact'];
const COLUMNS = ['given_name', 'family_name', 'job_title', 'email', 'phone'];
const CLIENT = {
  siret: '22690001700014',
  service_name: 'Aides du département',
  service_description: 'Les habitants demandent en ligne les aides du département.',
  assurance_level: 'eidas_1',
  recipients: 'Le service des aides.',
  retention_months: '24',
  mandate_reference: 'Marché 2026-12',
  mandate_signed_on: '04/05/2026',
  mandate_role: 'processor',
};
for (const person of PEOPLE) COLUMNS.forEach((column, at) => (CLIENT[`${person}_${column}`] = ['Ada', 'Vidal', 'Directrice', `${person}@rhone.test`, '06 12 34 56 78'][at]));

export function vendors(arrives) {
  it('a vendor files for a client, who objects without an account', async () => {
    const vendor = await arrives();
    await vendor.signsIn(APPLICANT);
    await vendor.opens(`/compte/organismes/nouveau?siret=${VENDOR}`);
    await vendor.goes(() => vendor.main.locator('form[method=post] button').first().click());
    // The applicant of these stories belongs to other organisations too.
    const own = vendor.main.locator('section', { has: vendor.page.locator(`a[href$="siret=${VENDOR}"]`) });
    const demandes = await own.locator('a[href*="/demandes?organisme="]').getAttribute('href');
    const number = demandes.split('=').at(-1);
    await vendor.opens('/clients');

    const reviewer = await arrives();
    await reviewer.signsIn(REVIEWER);
    await reviewer.opens(`/instruction/organismes/${number}`);
    await reviewer.goes(() => reviewer.main.locator('tr', { hasText: APPLICANT }).locator('a[href*="/membres/"]').click());
    await reviewer.main.locator('input[name=because]').first().fill('Appel au standard');
    await reviewer.goes(() => reviewer.main.locator('form[action$=confirmation] button').click());

    await vendor.opens('/clients');
    await vendor.reads('Vous n’avez pas encore de client');
    await vendor.opens(`/clients/${number}/nouvelle`);
    await vendor.opens(`/clients/${number}/nouvelle?siret=${ASSOCIATION.replaceAll(' ', '')}`);
    await vendor.opens(`/clients/${number}/import`);
    await vendor.presses('Relire la liste');
    await vendor.isToldMistakes(1);
    const titles = Object.keys(CLIENT).join(';');
    const list = `${titles}\n${Object.values(CLIENT).join(';')}\n123;Cantine`;
    await vendor.page.locator('#fichier').setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
    await vendor.presses('Relire la liste');
    await vendor.presses('Créer 1 brouillon');
    await vendor.goes(() => vendor.main.locator('td a[href^="/demandes/"]').first().click());
    const demande = new URL(vendor.page.url()).pathname.split('/')[2];
    await vendor.opens(`/demandes/${demande}/organisme`);
    await vendor.opens(`/demandes/${demande}/mandat`);
    await vendor.presses('Enregistrer et continuer');
    await vendor.isToldMistakes(1);
    await vendor.joins('mandate_document', 'mandat.pdf');
    await vendor.presses('Enregistrer et continuer');
    for (const slug of ['cadre', 'donnees']) {
      await vendor.opens(`/demandes/${demande}/${slug}`);
      if (slug === 'donnees') await vendor.page.locator('#scopes-given_name, [name=scopes][value=given_name]').first().check({ force: true });
      await vendor.presses('Enregistrer et continuer');
    }
    await vendor.opens(`/demandes/${demande}/recapitulatif`);
    await vendor.attestsAndSubmits();
    await vendor.opens(`/demandes/${demande}`);
    await vendor.opens(`/demandes/${demande}/copie?siret=${VALBOURG.replaceAll(' ', '')}`);
    await vendor.presses('Commencer la demande');
    await vendor.reads('n’a pas repris');
    await vendor.opens(`/demandes/${demande}`);

    const client = await arrives();
    await client.opensMail('data_controller@rhone.test', /l’a déposée pour/);
    await client.followsTheLetter();
    const link = new URL(client.page.url()).pathname;
    await client.follows('Corriger mes coordonnées');
    await client.types({ 'Fonction': 'Présidente' });
    await client.presses('Proposer ces coordonnées');
    await client.follows('M’opposer à cette demande');
    await client.presses('M’opposer à cette demande');
    await client.isToldMistakes(1);
    await client.types({ 'Votre raison': 'Notre contrat est terminé.' });
    await client.presses('M’opposer à cette demande');
    assert.equal(new URL(client.page.url()).pathname, link);
    await client.leaves();

    await vendor.opens('/clients');
    await vendor.reads('Opposition du client');
    await vendor.opens(`/demandes/${demande}`);
    await vendor.leaves();
    await reviewer.opens(`/instruction/${demande}`);
    await reviewer.presses(/J’ai lu cette opposition/);
    await reviewer.leaves();
  });
}
