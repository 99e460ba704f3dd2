/* How endpoints and GitHub are reached from here: by which proxy, and by whose word a certificate is trusted. */

import {X509Certificate} from 'node:crypto';
import {statSync} from 'node:fs';
import {resolve} from 'node:path';
import {type Endpoint, endpointSecrets} from '../../cutover/model/endpoint.ts';
import {type NotifyTarget, notifyTargetText} from '../../cutover/model/notify.ts';
import {endpointsOf, type Runbook} from '../../cutover/model/runbook.ts';
import {systemFault} from '../../disk/fault.ts';
import {type Environment, proxyFor} from '../../net/proxy.ts';
import {pem, pemText} from '../../net/tls.ts';
import {errorText} from '../../text/error-text.ts';
import {beware, type Finding, type Found, no, yes} from './finding.ts';

const elsewhere = 'somewhere.invalid';

function byProxy(scheme: string, env: Environment): readonly string[] {
	const proxy = proxyFor(new URL(`${scheme}://${elsewhere}/`), env);
	return proxy === null ? [] : [`${scheme} by ${proxy.name} (${proxy.variable})`];
}

export function proxies(env: Environment): Found {
	try {
		const found = ['http', 'https'].flatMap(scheme => byProxy(scheme, env));
		const but = env['no_proxy'] || env['NO_PROXY'];
		if (found.length === 0) return yes('none is set: endpoints and GitHub are asked directly');
		return yes(`${found.join(', ')}${but ? `, but not ${but}` : ''}`);
	} catch (error) {
		return no(`${errorText(error)}.`, 'Endpoints stay UNKNOWN until it is right.');
	}
}

/** How many certificates a PEM file holds. Throws where it cannot be read, or holds none. */
function certificatesIn(file: string): number {
	const text = statSync(file).isFile() ? pemText(file) : '';
	const found = text?.match(pem) ?? [];
	if (found.length === 0) throw new Error(`${file} holds no certificate`);
	for (const text of found) new X509Certificate(text);
	return found.length;
}

function authority(file: string, namedBy: string): Found {
	try {
		return yes(`${certificatesIn(file)} of ${file} (${namedBy})`);
	} catch (error) {
		return no(`${systemFault(error, file).text} (${namedBy}).`, 'Certificates of that authority are not accepted.');
	}
}

/** What is trusted beyond what Node and this machine trust by themselves. */
export function authorities(env: Environment): Found {
	if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
		return beware(
			'NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are always verified.',
			'Name the authority: NODE_EXTRA_CA_CERTS, or ca: in the settings.',
		);
	const found = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'].flatMap(name => {
		const file = env[name];
		return file ? [authority(file, name)] : [];
	});
	return (
		found.find(({holds}) => holds !== 'yes') ??
		yes(found.map(({text}) => text).join(', ') || 'those of Node and of this machine')
	);
}

function endpoint(asked: Endpoint, env: Environment): Found {
	const unset = endpointSecrets([asked]).filter(name => !env[name]);
	if (unset.length > 0)
		return no(
			`${asked.name} needs ${unset.join(' and ')}, not set here.`,
			'It stays UNKNOWN: set it before you begin.',
		);
	if (asked.insecure)
		return beware(
			`The certificate of ${asked.name} is not verified.`,
			'Name its authority instead: ca: in the settings.',
		);
	try {
		const {url} = asked;
		const proxy = url === undefined || asked.proxy === 'none' ? null : proxyFor(new URL(url), env);
		return yes(`${asked.name} is asked ${proxy === null ? 'directly' : `by proxy ${proxy.name}`}`);
	} catch (error) {
		return no(`${asked.name}: ${errorText(error)}.`, 'It stays UNKNOWN until then.');
	}
}

/** A target of `notify`: what it needs, and by which way its service is reached; of its address the host alone. */
function channel(target: NotifyTarget, env: Environment): Found {
	const to = notifyTargetText(target);
	const unset = target.variables.filter(name => !env[name]);
	if (unset.length > 0)
		return no(`${to} needs ${unset.join(' and ')}, not set here.`, 'Nothing is sent there: set it before you begin.');
	if (target.commands.length > 0) return yes(`${to} runs in the workspace`);
	const {url} = target.values;
	const address = typeof url === 'string' ? URL.parse(env[url]?.trim() ?? '') : null;
	if (typeof url === 'string' && !/^https?:$/.test(address?.protocol ?? ''))
		return no(`${url} does not hold an http address.`, 'Nothing is sent there until it does.');
	if (address === null) return yes(`${to} is set`);
	try {
		const proxy = proxyFor(address, env);
		return yes(`${to} is asked at ${address.host} ${proxy === null ? 'directly' : `by proxy ${proxy.name}`}`);
	} catch (error) {
		return no(`${to}: ${errorText(error)}.`, 'Nothing is sent there until then.');
	}
}

/** For `doctor RUNBOOK`: each endpoint, channel and authority of the settings. */
export const reaches = (runbook: Runbook, workspace: string, env: Environment): readonly Finding[] => [
	...(runbook.ca ?? []).map(file => ({name: 'authorities', ...authority(resolve(workspace, file), 'ca')})),
	...endpointsOf(runbook).map(asked => ({name: 'endpoint', ...endpoint(asked, env)})),
	...(runbook.notify ?? []).map(target => ({name: 'notify', ...channel(target, env)})),
];
