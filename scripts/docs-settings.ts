/**
 * What each key of the settings does, for docs/runbook-format.md. The keys are those of the shape that checks them: one
 * without an effect here, or an effect without a key, is an error and not a gap in the page.
 */
import {$ZodArray, $ZodDiscriminatedUnion, $ZodObject, $ZodOptional, $ZodRecord, $ZodType} from 'zod/v4/core';
import {notifyEvents} from '../source/cutover/model/notify.ts';
import type {Channel} from '../source/notifications/channel.ts';
import {channels, usualChannel} from '../source/notifications/channels.ts';
import {later, shape} from '../source/runbook/settings/shape.ts';

const effects: Readonly<Record<string, string>> = {
	cutover: 'version of the settings; always `1`, and required',
	id: 'id of the cutover and name of its folder; else made of title and date',
	title: 'stands in the place of the heading',
	environment: 'what is cut over; else asked when the cutover begins',
	ticket: 'the change ticket; else asked when the cutover begins',
	t0: 'planned time of T0, with its offset; `--t0` goes before it',
	zone: "time zone that all times are shown in, such as `Europe/Berlin`; the machine's at begin unless set",
	'window.start': 'begin of the change window; T0 before it takes a reason and a typed word',
	'window.end': 'end of the change window; the latest go and the latest rollback follow from it (operating.md)',
	'window.rollback':
		'how long a rollback takes, with its proof; else as long as the slowest one before, in cutovers and rehearsals of this runbook',
	'columns.*': 'more names for a column: any of the columns above',
	'reading.owner': 'the map of a runbook (adopting.md): who does what nobody else is named for',
	'reading.zero': 'id of the stage that begins at T0',
	'reading.decision': 'id of the go/no-go',
	'reading.closing': 'id of the stage that keeps the change or rolls back; the last unless set',
	'reading.stages.from': 'words of the place that is the stage, whole or their beginning with …',
	'reading.stages.under': 'heading above it, where its words stand twice',
	'reading.stages.id': 'id of the stage',
	'reading.stages.at': 'its time, `T-60`; else it begins when the one before it ends',
	'reading.stages.takes': 'how long it takes',
	'reading.stages.with': 'id of the stage that it begins beside',
	'reading.stages.after': 'id of the stage, or stages, after whose ends it begins',
	'reading.stages.owner': 'role or roles that do it',
	'reading.stages.asks': 'checklist of a verification; its boxes unless set',
	'reading.stages.says': 'the part of its text that says what is done; all of it unless set',
	'reading.stages.run':
		'`fence`: the commands of its fences are run, each by a go-ahead of its own; `code`: those between backticks in its items',
	'reading.gates.from': 'words of the place that is the gate',
	'reading.gates.under': 'heading above it',
	'reading.gates.id': 'id of the gate',
	'reading.gates.run': '`code`: the code of that place is run; or the commands themselves, which must stand there',
	'reading.gates.files': '`code`: the paths of that place must be there',
	'reading.gates.acknowledge': 'role or roles that must say yes',
	'reading.gates.need': 'of them: `all` or `any`',
	'reading.gates.cites': 'files that must be there',
	'reading.gates.before': 'id of the stage that runs it; else that in which it stands, else the go/no-go',
	'reading.gates.owner': 'role or roles that own it',
	'reading.gates.expect.exit': 'as `gates.*.expect.exit`',
	'reading.gates.expect.stdout': 'as `gates.*.expect.stdout`',
	'reading.gates.expect.stderr': 'as `gates.*.expect.stderr`',
	'reading.gates.expect.empty': 'as `gates.*.expect.empty`',
	'reading.gates.expect.json': 'as `gates.*.expect.json`',
	'reading.gates.expect.is': 'as `gates.*.expect.is`',
	'reading.gates.expect.below': 'as `gates.*.expect.below`',
	'reading.gates.expect.atMost': 'as `gates.*.expect.atMost`',
	'reading.gates.expect.above': 'as `gates.*.expect.above`',
	'reading.gates.expect.atLeast': 'as `gates.*.expect.atLeast`',
	'reading.gates.expect.unit': 'as `gates.*.expect.unit`',
	'reading.gates.says': 'the part of its text that says what must hold; all of it unless set',
	'reading.triggers.from': 'words of the place that is the trigger',
	'reading.triggers.under': 'heading above it',
	'reading.triggers.outage': 'a clock watches it: down for longer than this; else people confirm it',
	'reading.triggers.atLimit': '`true`: it fires at that length, not only above it',
	'reading.triggers.ask': 'role or roles that confirm it; who closes the cutover unless set',
	'reading.triggers.says': 'the part of the text that is meant, where it says several',
	'reading.rollback.from': 'words of the step',
	'reading.rollback.under': 'heading above it',
	'reading.rollback.path': '`preferred` or `fallback`; preferred unless set',
	'reading.rollback.by': '`hand`: people do it',
	'reading.rollback.run': 'script with its arguments, which must stand there; `code` for that of the place',
	'reading.rollback.workflow': 'workflow file that is dispatched',
	'reading.rollback.with.*': 'an input of the workflow',
	'reading.rollback.reference': 'document that describes it',
	'reading.signOffs.from': 'words of the place that is signed',
	'reading.signOffs.under': 'heading above it',
	'reading.signOffs.role': 'role that signs',
	'reading.ignore': 'headings that are left out, with all under them; `{from, under}` where the words stand twice',
	'reading.reviewed.by': 'who looked at the map; without it no cutover begins',
	'reading.reviewed.on': 'the day of it',
	'reading.reviewed.parts.*': 'digest of what stood there then; written by `adopt`',
	'roles.*': 'people who may act in this role; once one role is bound, every owner must be',
	'deputies.*': 'people who may take this role over from a silent holder',
	'people.*.login': 'account of this person: the name acts only from it, or with one of its keys',
	'people.*.keys': 'public keys of this person, or their fingerprints (`SHA256:…`)',
	'serve.url':
		'where the page of `serve` is reached from outside, with https: what personal links begin with; only on this machine unless set ([people.md](people.md))',
	'least.*':
		'how surely an act by a personal link must be known: `link`, or `link+code` with the spoken digits. Of `go`, `keep`, `answer` and `impact-over` `link+code`, of `acknowledge`, `sign`, `confirm`, `note` and `hold` `link`, unless set',
	'people.*.mail': 'address that notices are mailed to ([Notifications](notifications.md))',
	'people.*.contact':
		'how this person is called, such as a phone number: shown where NEXT names them, and sent to nobody',
	'people.*.zone': 'time zone that this person is in: their own time stands beside that of the cutover',
	'bridge.url': 'address of the call that people are in: in every notification',
	'bridge.phone': 'its number: on the screen, in `status` and in every notification',
	'bridge.pin': 'its pin',
	'gates.*.expect.exit': 'exit code that the last command must end with, a list of them, or `nonzero`; 0 unless set',
	'gates.*.expect.stdout': 'regular expression that its output must match',
	'gates.*.expect.stderr': 'regular expression that its errors must match',
	'gates.*.expect.empty': '`true`: it must print nothing on stdout',
	'gates.*.expect.json': 'path in the JSON that it prints, `data.0.lag`; the value there is compared',
	'gates.*.expect.is': 'what is printed, or the value of the JSON, must be this',
	'gates.*.expect.below': 'the only number printed must be below this',
	'gates.*.expect.atMost': 'at most this',
	'gates.*.expect.above': 'above this',
	'gates.*.expect.atLeast': 'at least this',
	'gates.*.expect.unit': 'unit of that number; another one in the output makes the gate UNKNOWN',
	'gates.*.playbook': 'runs in the place of the check that was inferred',
	'gates.*.timeout': 'a check that runs longer fails; 15m unless set',
	'gates.*.maxAge': 'a pass older than this is stale; 90m unless set',
	'gates.*.paths': 'only changes under these paths make the pass stale; else any change of the workspace does',
	'gates.*.host': 'the host that judges it, where a cutover has [several](several-hosts.md)',
	'gates.*.need': 'of the groups that the gate names: `all` or `any`',
	'stages.*.playbook': "runs in the place of the stage's own playbook",
	'stages.*.timeout': 'a playbook that runs longer fails; else OVERDUE is shown and nothing is ended',
	'stages.*.gates': 'the gates that the stage runs, in the place of those inferred',
	'stages.*.host': 'the host that runs it, where a cutover has [several](several-hosts.md)',
	'stages.*.start': '`auto`: begins by itself at its time; `person` unless set',
	'stages.*.logs.file': 'a log that a verification reads',
	'stages.*.logs.errors': 'what counts as an error in it, a regular expression',
	'stages.*.logs.max': 'more errors than this fail the stage',
	'endpoints.name': 'name of an endpoint that is watched',
	'endpoints.kind': '`http`, `tcp` or `script`; `http` unless set',
	'endpoints.url': 'address that an http endpoint is asked at',
	'endpoints.address': '`host:port` of a tcp endpoint',
	'endpoints.run': 'script whose exit code tells whether the endpoint is up',
	'endpoints.every': 'time between the starts of two probes; 15s unless set',
	'endpoints.timeout': 'an answer that takes longer is none; 5s unless set, and never longer than `every`',
	'endpoints.expect.status': 'status that counts as up, or a list of them; 200 to 299 unless set',
	'endpoints.expect.body': 'text that the answer must hold',
	'endpoints.headers.*': 'header of the request: a text, or `{secret: NAME}` of an environment variable',
	'endpoints.auth': '`{bearer: NAME}`, or `{user: …, password: NAME}`, by the names of environment variables',
	'endpoints.proxy': '`none`: asked directly, whatever HTTP_PROXY, HTTPS_PROXY and ALL_PROXY say',
	'endpoints.insecure': '`true`: the certificate of this endpoint is not verified, and the board says so',
	'endpoints.follow': 'whether redirects are followed',
	'endpoints.critical':
		'whether it counts for the outage triggers, keep and the proof of a rollback; `true` unless set',
	'endpoints.version': 'address that tells which version runs; after a rollback it must be the one from before T0',
	'endpoints.threshold': "a threshold of its own, above the trigger's",
	quorum: 'how many hosts must see an outage for it to count; 1 unless set',
	control: 'a second address, `host:port`, that tells our own network from their service',
	ca: 'PEM file, or files, of certificate authorities that are trusted besides',
	'triggers.*.threshold': "the duration of an outage, above the runbook's words",
	'triggers.*.warn': 'at which shares of the threshold it warns; `[50%, 80%]` unless set',
	'triggers.*.of': 'how many endpoints must each be down too long: `any`, `all` or a number',
	'triggers.*.restore': 'good samples in a row that end an outage; 1 unless set',
	'triggers.*.confirm': 'failed samples in a row before it may fire; 3 unless set',
	'triggers.*.automatic':
		'a fired trigger begins the rollback by itself a minute later, unless somebody stands it down',
	'triggers.*.need': 'of the roles that confirm it: `any` or `all`',
	'triggers.*.answer': 'how long the asked roles have before the release manager decides alone; 5m unless set',
	'rollback.repository': 'repository of the rollback workflow, `owner/name`',
	'rollback.ref': 'branch or tag that the workflow runs from',
	'rollback.token': 'name of the environment variable that holds the token',
	'rollback.api': 'address of the API; http only on this machine',
	'rollback.settle': 'how long every critical endpoint must be up after the end of a path; 2m unless set',
	'rollback.prove': 'time for the proof, from the end of a path; 10m unless set',
	'freeze.check': 'script that tells whether others still change something',
	'four-eyes':
		'`required`: acts that need two people are refused where they are not proven to be two; `remarked` unless set: the evidence says so',
	'allowed-signers':
		'file that says who may sign with which key, as `ssh-keygen -Y verify` reads it; the names are those of the cutover',
	signatures:
		'`required`: go, no-go, T0, keep, stand-down, rollback and sign-offs need `--sign KEY`; `optional`; `off` unless set',
	'witness.command': 'script that is handed the head of the journal',
	'witness.every': 'time between two heads',
	user: 'account that playbooks run as',
	secrets: 'names of environment variables whose values never reach a log',
	pass: 'names of environment variables that playbooks may see, beyond PATH, HOME, LANG and TZ',
	'notify.every': 'time between two updates of how the cutover stands, at round times of the clock; none unless set',
	'notify.on': `moments that are reported, or \`all\`: ${Object.keys(notifyEvents)
		.map(name => `\`${name}\``)
		.join(', ')} ([Notifications](notifications.md))`,
	'notify.to': `channel, \`${usualChannel}\` unless set: ${perChannel(({summary}) => summary)}`,
	...channelEffects(),
};

function perChannel(text: (channel: Channel) => string | undefined): string {
	return Object.entries<Channel>(channels)
		.flatMap(([name, channel]) => {
			const said = text(channel);
			return said === undefined ? [] : [`\`${name}\`: ${said}`];
		})
		.join('; ');
}

/** What each field of the channels does, by its key in the settings. */
function channelEffects(): Readonly<Record<string, string>> {
	const names = new Set(Object.values<Channel>(channels).flatMap(({fields}) => Object.keys(fields)));
	return Object.fromEntries(
		[...names].map(name => [`notify.${name}`, perChannel(({fields}) => fields[name]?.summary)]),
	);
}

function keysOf(schema: $ZodType, above: string): readonly string[] {
	const below = (key: string): string => (above === '' ? key : `${above}.${key}`);
	if (schema instanceof $ZodOptional) return keysOf(schema._zod.def.innerType, above);
	if (schema instanceof $ZodObject)
		return Object.entries(schema._zod.def.shape).flatMap(([key, value]) => keysOf(value, below(key)));
	if (schema instanceof $ZodRecord) return keysOf(schema._zod.def.valueType, below('*'));
	if (schema instanceof $ZodArray) return keysOf(schema._zod.def.element, above);
	if (schema instanceof $ZodDiscriminatedUnion)
		return schema._zod.def.options.flatMap(option => (option instanceof $ZodType ? keysOf(option, above) : []));
	return [above];
}

const isLater = (key: string): boolean => later.some(one => key === one || key.startsWith(`${one}.`));

/** Every key, in the order of the shape. Throws where the table and the shape differ. */
export function settingsRows(): readonly {readonly key: string; readonly effect: string; readonly later: boolean}[] {
	const keys = [...new Set(keysOf(shape, ''))];
	const extra = Object.keys(effects).filter(key => !keys.includes(key));
	if (extra.length > 0) throw new Error(`No such setting: ${extra.join(', ')}.`);
	return keys.map(key => {
		const effect = effects[key];
		if (effect === undefined) throw new Error(`The setting ${key} has no effect in scripts/docs-settings.ts.`);
		return {key, effect, later: isLater(key)};
	});
}
