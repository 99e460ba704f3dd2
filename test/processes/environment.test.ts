import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lackingOf, lackingText, provided, shortSecrets} from '../../source/processes/environment.ts';

const runbook = {pass: ['KUBECONFIG'], secrets: ['DB_PASSWORD'], rollback: null, endpoints: []};

test('what is set for the work of a runbook is known by name, and what every machine has is not among it', () => {
	const env = {
		PATH: '/bin',
		HOME: '/root',
		KUBECONFIG: '/k',
		DB_PASSWORD: 'x',
		HTTPS_PROXY: 'p:1',
		OTHER: 'y',
		no_proxy: '',
	};
	assert.deepEqual(provided(env, runbook), ['KUBECONFIG', 'HTTPS_PROXY', 'DB_PASSWORD']);
});

test('a process lacks what is not set for it; a proxy counts in either case', () => {
	const names = ['KUBECONFIG', 'HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS'];
	assert.deepEqual(lackingOf({https_proxy: 'p:1', KUBECONFIG: ''}, names), ['KUBECONFIG', 'NODE_EXTRA_CA_CERTS']);
	assert.equal(lackingText(['A']), 'A is not set here, but was at begin');
});

test('a secret is too short by what it has without blanks and line ends around it', () => {
	const asked = {...runbook, secrets: ['PIN', 'TOKEN', 'NONE']};
	assert.deepEqual(shortSecrets({PIN: '12345\n', TOKEN: 'tok_12\n', NONE: ''}, asked), ['PIN']);
});
