import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {initial} from '../../source/cutover/model/initial.ts';
import {authoritiesOf} from '../../source/processes/environment.ts';
import {runbook as book} from '../scenarios/runbook.ts';

test('an authority of the settings is read from its approved copy, and one that was not approved from nowhere', () => {
	const runbook = {ca: ['certs/ca.pem', 'certs/later.pem']};
	const state = {...initial, approved: {'certs/ca.pem': `sha256:${'a'.repeat(64)}`, 'certs/later.pem': null}};
	assert.deepEqual(authoritiesOf('/state/x', {...state, runbook: {...book, ...runbook}}), [
		join('/state/x/approved', 'a'.repeat(64)),
		'/state/x/approved/certs/later.pem',
	]);
});
