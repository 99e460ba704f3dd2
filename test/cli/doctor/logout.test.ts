import assert from 'node:assert/strict';
import {test} from 'node:test';
import {logout} from '../../../source/cli/doctor/logout.ts';
import {machine} from './machine.ts';

const systemd = {'run/systemd/system/units': ''};
const kills = {...systemd, 'etc/systemd/logind.conf': '[Login]\nKillUserProcesses=yes\n'};
const scope = {'proc/self/cgroup': '0::/user.slice/user-990.slice/user@990.service/app.slice/run-1.scope\n'};

test('without systemd nothing ends detached runs at logout', t => {
	assert.equal(logout(machine(t, {})).holds, 'yes');
});

test('KillUserProcesses=yes endangers detached runs, and doctor offers linger and a scope', t => {
	const {holds, text, fix} = logout(machine(t, kills));
	assert.equal(holds, 'beware');
	assert.match(text, /^KillUserProcesses=yes \(\/etc\/systemd\/logind\.conf\): logout ends detached runs/);
	assert.match(fix, /loginctl enable-linger cutover\. .*systemd-run --user --scope cutover-tui/);
});

test('a drop-in overrules the main file, the later name the earlier, and /etc its namesake elsewhere', t => {
	const at = (folder: string, name: string) => `${folder}/systemd/logind.conf.d/${name}.conf`;
	const off = {...kills, [at('usr/lib', '50-keep')]: '[Login]\nKillUserProcesses=no\n'};
	assert.equal(logout(machine(t, off)).holds, 'yes');
	const later = {...off, [at('run', '60-kill')]: 'KillUserProcesses = true\n'};
	assert.match(logout(machine(t, later)).text, /\/run\/systemd\/logind\.conf\.d\/60-kill\.conf/);
	const hidden = {...later, [at('etc', '60-kill')]: '#KillUserProcesses=yes\n'};
	assert.equal(logout(machine(t, hidden)).holds, 'yes');
});

test('what systemd says counts before its files', t => {
	assert.equal(logout(machine(t, kills, {busctl: 'b false'})).holds, 'yes');
	assert.equal(logout(machine(t, systemd, {busctl: 'b true'})).holds, 'beware');
});

test('without any source the result is unknown, not a pass', t => {
	assert.equal(logout(machine(t, {...systemd, 'etc/systemd/logind.conf': '#KillUserProcesses=no\n'})).holds, 'unknown');
});

test('root is spared unless the settings name others instead', t => {
	assert.equal(logout(machine(t, kills, {}, 'root')).holds, 'yes');
	const named = {...kills, 'etc/systemd/logind.conf': 'KillUserProcesses=yes\nKillExcludeUsers=backup\n'};
	assert.equal(logout(machine(t, named, {}, 'root')).holds, 'beware');
	assert.equal(logout(machine(t, named, {}, 'backup')).holds, 'yes');
});

test('in a scope below the own manager it is well only where the user lingers', t => {
	assert.equal(logout(machine(t, {...kills, ...scope}, {loginctl: 'yes'})).holds, 'yes');
	const {holds, text} = logout(machine(t, {...kills, ...scope}, {loginctl: 'no'}));
	assert.equal(holds, 'beware');
	assert.match(text, /does not linger/);
	assert.equal(logout(machine(t, {...kills, ...scope})).holds, 'beware');
});
