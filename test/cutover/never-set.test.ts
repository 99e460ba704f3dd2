import assert from 'node:assert/strict';
import {test} from 'node:test';
import {neverSet} from '../../source/cutover/model/never-set.ts';

test('an input cannot set a variable that decides which program, library or agent a script gets', () => {
	for (const name of [
		'PATH',
		'BASH_ENV',
		'LD_PRELOAD',
		'SSH_AUTH_SOCK',
		'NODE_OPTIONS',
		'ZX_SHELL',
		'GIT_SSH_COMMAND',
		'BASH_FUNC_ls%%',
	])
		assert.ok(neverSet.test(name), name);
});

test('an ordinary input keeps its name', () => {
	for (const name of [
		'ENV',
		'GIT_REF',
		'NODE_VERSION',
		'SSH_HOST',
		'DOCKER_TAG',
		'TARGET',
		'USER',
		'PYTHON_VERSION',
		'KUBECONFIG',
	])
		assert.ok(!neverSet.test(name), name);
});
