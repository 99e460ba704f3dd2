import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fencedCommands} from '../../source/runbook/adopt/fence-commands.ts';

const commandsOf = (text: string) => {
	const lines = text.split('\n');
	const {commands, faults} = fencedCommands(lines, 1, lines.length);
	return {commands: commands.map(({text: command}) => command), faults: faults.map(({text: fault}) => fault)};
};

test('behind a prompt stands a command, every other line is output', () => {
	const {commands} = commandsOf('```console\n$ ls -l \\\n> /srv\ntotal 0\n\nroot@db:~# systemctl stop db\n$ df\n```');
	assert.deepEqual(commands, ['ls -l \\\n/srv', 'systemctl stop db', 'df']);
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
	assert.deepEqual(commandsOf('```sql\nselect 1;\n```').faults, ['a fence of sql']);
});
