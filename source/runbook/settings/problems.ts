/*
What can be wrong with settings. The table of all complaints is in ../complaints.ts.
*/
import {error, type Row, warning} from '../problems/complaint-row.ts';

export const settings = {
	'settings-open': error('The front matter has no end.', 'Close it with a line of three dashes.'),
	'settings-two': error('There are two settings: {first} and {second}.', 'Keep one of them.'),
	'settings-yaml': error('The settings are not YAML: {why}.', 'Correct this line.'),
	'settings-feature': error(
		'The settings use {what}.',
		'Write the value out; anchors, aliases, merge keys and tags are not read.',
	),
	'settings-double': error('The key {key} is set twice.', 'Keep one.'),
	'settings-key': error('There is no setting {key}.', '{hint}'),
	'settings-type': error('{key} is {found}, not {wanted}.', 'Give {wanted}{of}.'),
	'settings-missing': error('{key} is missing.', 'Give {wanted}{of}.'),
	'settings-version': error(
		'The settings do not say that they are of version 1.',
		'Write cutover: 1 as their first line.',
	),
	'settings-foreign': warning(
		'The front matter has no key cutover and is not read as settings.',
		'To set something here, add cutover: 1.',
	),
	'settings-duration': error('{key} is "{found}", which is not a duration above zero.', 'Write 90s, 10m, 1h30m or 2d.'),
	'settings-time': error(
		'{key} is "{found}", which is not a date and time with its offset.',
		'Write it as 2031-03-08T22:00:00+01:00.',
	),
	'settings-id': error(
		'"{found}" is not an id.',
		'Begin with a letter, go on with letters, digits, dot, dash or underscore, at most 64.',
	),
	'settings-unknown': error('The runbook has no {what} {name}.', 'It has {names}.'),
	'settings-person-twice': error('{name} is named twice in the role {role}.', 'Name each person once.'),
	'settings-role-empty': error('Nobody is bound to the role {role}.', 'Name its people, or leave the role out.'),
	'settings-role-unbound': error(
		'{what} is owned by {role}, to which the settings bind nobody.',
		'Add {role} to roles in the settings, or name a role that is bound.',
	),
	'settings-two-people': warning(
		'{id} takes the votes of {roles}, each by another person, and only {names} may give them.',
		'Add another person to one of these roles, or a deputy who takes it over.',
	),
	'settings-role-twice': error('The role {role} is set twice.', 'Put all that is set of it into one entry.'),
	'settings-path': error('{path} {why}.', 'Name a path inside the workspace, relative to it.'),
	'settings-path-missing': error('{path} does not exist in the workspace.', 'Correct the path, or create the file.'),
	'settings-url': error('{key} {why}.', 'Give a plain http or https address.'),
	'settings-secret': error(
		'{key} looks like a secret.',
		'Take it out of the file, and change it where it was used; name an environment variable instead.',
	),
	'settings-unfit': warning('{key} changes nothing: {what}.', 'Take it out, or write the runbook so that it fits.'),
	'settings-prove': error(
		'No rollback could be proved: health must be up for {settle} after it, within {prove}.',
		'Set rollback.prove above rollback.settle.',
	),
	'settings-pass-never': warning(
		'{name} is never passed on: it would hand over the agent of a person, or change how Node and zx run.',
		'Take it out.',
	),
	'settings-endpoint-double': error('The endpoint {name} is set twice.', 'Give one another name.'),
	'settings-endpoint-slow': warning(
		'The endpoint {name} may take {timeout} to answer but is asked every {every}: it gets {every}.',
		'Give a timeout below its interval.',
	),
	'settings-endpoint-few': error(
		'Trigger {id} wants {need} endpoints down at once, but {count} critical ones are bound: it could never fire.',
		'Bind more endpoints, or lower triggers."{id}".of.',
	),
	'settings-remote': warning(
		'A workflow is dispatched in a repository at a ref, and rollback.{missing} is not set: the workflow path is not configured.',
		'Add rollback.{missing}.',
	),
	'settings-unset': warning(
		'{name} is not set here: nothing is sent by {channel}.',
		'Set it before you begin the cutover: export {name}=…',
	),
	'settings-mail-missing': error(
		'{name} has no mail address in the settings.',
		'Add people."{name}".mail, or take the name out.',
	),
	'settings-identity-nobody': warning(
		'The proxy signs nobody in: nobody has a mail address in the settings.',
		'Add people.NAME.mail, or take identity out.',
	),
	'settings-identity': error(
		'Others than the proxy reach the page, and could say who they are.',
		'Set serve.listen to unix:/PATH, which only the proxy opens.',
	),
	'settings-oidc': error(
		'The provider cannot send people back to a page without an address.',
		'Set serve.url to the address that readers open.',
	),
	'settings-identity-unset': warning(
		'{name} is not set here: nobody could be signed in, and the page is not served.',
		'Set it before you begin the cutover: export {name}=…',
	),
	'settings-no-identity': error(
		'{key} takes a sign-in, and nothing signs anybody in that way.',
		'Set identity: header signs in for proxy, oidc for both. Or write link+code.',
	),
	'settings-signers': error(
		'signatures is {value}, and nothing says whose signature counts.',
		'Add allowed-signers: a file as ssh-keygen reads it, one line a key.',
	),
	'settings-window': error('The change window {what}.', 'Correct window.{key}.'),
	'settings-later': error('{key} does nothing in this version: relying on it would be a mistake.', 'Take it out.'),
} satisfies Record<string, Row>;
