import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fencedCommands, fencesIn} from '../../source/runbook/adopt/fence-commands.ts';
import {documentOf} from '../../source/runbook/document.ts';

const commandsOf = (text: string) => {
	const lines = text.split('\n');
	const {commands, faults} = fencedCommands(fencesIn(documentOf(lines).sections, {line: 1, end: lines.length}));
	return {commands: commands.map(({text: command}) => command), faults: faults.map(({text: fault}) => fault)};
};

test('behind a prompt is a command, every other line is output', () => {
	const {commands} = commandsOf('```console\n$ ls -l \\\n> /srv\ntotal 0\n\nroot@db:~# systemctl stop db\n$ df\n```');
	assert.deepEqual(commands, ['ls -l \\\n/srv', 'systemctl stop db', 'df']);
});

test('a remark between prompts is no command, although root has a prompt of that mark', () => {
	const {commands} = commandsOf('```sh\n$ stop\n# wait for the queue\n[root@db ~]# sync\nok\n$ start\n```');
	assert.deepEqual(commands, ['stop', 'sync', 'start']);
});

test('a fence that shows output without a prompt holds no command, and a longer fence is not closed by a shorter', () => {
	assert.deepEqual(commandsOf('```console\nuptime\n12:00 up 3 days\n```').commands, []);
	assert.deepEqual(commandsOf('1. Stop it\n\n   ````bash\n   cat <<EOF\n   ```\n   EOF\n   stop\n   ````').commands, [
		'cat <<EOF\n```\nEOF\nstop',
	]);
});

test('without prompts every line is a command, and comments are none', () => {
	assert.deepEqual(commandsOf('```bash\n# first\nmake stop\n\nmake \\\n  start\n```\n\n```\nuptime\n```').commands, [
		'make stop',
		'make \\\nstart',
		'uptime',
	]);
});

test('lines that belong together are one command', () => {
	for (const text of [
		'cd /srv\nmake',
		'for f in a b; do\n  rm $f\ndone',
		'export A=1\nrun',
		'cat <<EOF\nx\nEOF',
		'ID=$(get)\nuse $ID',
	])
		assert.deepEqual(commandsOf(`\`\`\`sh\n${text}\n\`\`\``).commands, [text]);
});

test('a blank to fill in is a fault, and so is a fence of another language', () => {
	assert.deepEqual(commandsOf('```bash\nssh <host>\n```').faults, ['ssh <host>']);
	assert.deepEqual(commandsOf('```\nssh [Host name]\ncp a {{target}}\n```').faults, [
		'ssh [Host name]',
		'cp a {{target}}',
	]);
	assert.deepEqual(commandsOf("```\ngrep [A-Z] x\ndocker ps --format '{{.Names}}'\n```").faults, []);
	assert.deepEqual(commandsOf('```sql\nselect 1;\n```').faults, ['a fence of sql']);
});
