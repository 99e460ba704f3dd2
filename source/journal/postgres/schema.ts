/*
The schema in the database: `store init` runs it once, as an administrator; the program itself never changes it. The owner role
cannot log in. The application role may read, and has one door to the entries: append(), which checks the chain of every line.
*/

/** A database of another version is refused. */
export const schemaVersion = 3;

/** Roles of the cluster: owner, application (granted to one login a host), auditor (reads). */
const roles = {owner: 'cutover_owner', app: 'cutover_app', audit: 'cutover_audit'} as const;

export const schema = `
do $$ declare r text; begin
	foreach r in array array['${roles.owner}', '${roles.app}', '${roles.audit}'] loop
		if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin', r); end if;
	end loop;
	execute format('grant %I to current_user', '${roles.owner}');
	-- For standbys(), which tells without it how many there are and not which are synchronous.
	begin
		grant pg_read_all_stats to ${roles.owner};
	exception when insufficient_privilege then null;
	end;
end $$;
create schema cutover authorization ${roles.owner};
grant usage on schema cutover to ${roles.app}, ${roles.audit};
set local role ${roles.owner};

create table cutover.format (version int primary key);
insert into cutover.format values (${schemaVersion});

create table cutover.cutovers (
	id text primary key check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
	-- Reserved and taken back before anything was recorded.
	free boolean not null default false,
	made timestamptz not null default clock_timestamp(),
	made_by text not null default session_user
);

-- A line of the journal, byte for byte as in journal.ndjson. Text, never json: the hash is over the line's own bytes.
create table cutover.entries (
	cutover text not null references cutover.cutovers,
	seq bigint not null check (seq > 0),
	hash text not null check (hash ~ '^[0-9a-f]{64}$'),
	previous text not null check (previous ~ '^([0-9a-f]{64})?$'),
	line text not null check (octet_length(line) <= 8388608),
	-- What the server saw, outside of the chain.
	stored timestamptz not null default clock_timestamp(),
	login text not null default session_user,
	address inet default inet_client_addr(),
	primary key (cutover, seq)
);

-- Approved files, attachments, logs of attempts, samples: bytes of a file from \`start\` on. The same again changes nothing.
-- The version of a file that is written whole is its sha256, of one that only grows the empty text.
create table cutover.chunks (
	cutover text not null references cutover.cutovers,
	path text not null collate "C" check (length(path) <= 400 and path !~ '[[:cntrl:]]'),
	version text not null collate "C" check (version ~ '^([0-9a-f]{64})?$'),
	start bigint not null check (start >= 0),
	bytes bytea not null check (octet_length(bytes) between 1 and 262144),
	stored timestamptz not null default clock_timestamp(),
	login text not null default session_user,
	primary key (cutover, path, version, start)
);

create index chunks_stored on cutover.chunks (cutover, stored);

-- The hosts that work for a cutover: when each was heard last, by the server's clock, and what it says of itself (JSON).
create table cutover.hosts (
	cutover text not null references cutover.cutovers,
	host text not null check (length(host) between 1 and 200),
	heard timestamptz not null default clock_timestamp(),
	report text not null check (octet_length(report) <= 1048576),
	login text not null default session_user,
	primary key (cutover, host)
);

-- Who runs an attempt: the first claim counts, for ever.
create table cutover.claims (
	cutover text not null references cutover.cutovers,
	attempt text not null check (length(attempt) <= 200),
	host text not null check (length(host) between 1 and 200),
	-- Two machines may have one name.
	machine text not null check (length(machine) <= 200),
	claimed timestamptz not null default clock_timestamp(),
	login text not null default session_user,
	primary key (cutover, attempt)
);

-- The watcher that leads. A new token each time it changes hands, or had run out.
create table cutover.leases (
	cutover text primary key references cutover.cutovers,
	host text not null,
	holder text not null,
	token bigint not null,
	until timestamptz not null
);

-- Refuses what the grants refuse already: to the owner too, and to a session that replays changes.
create function cutover.refuse() returns trigger language plpgsql as $$
begin
	raise exception 'cutover.% is append-only: % refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;
do $$ declare t text; begin
	foreach t in array array['entries', 'chunks', 'claims'] loop
		execute format('create trigger append_only before update or delete on cutover.%I for each row execute function cutover.refuse()', t);
		execute format('create trigger append_only_all before truncate on cutover.%I execute function cutover.refuse()', t);
		execute format('alter table cutover.%I enable always trigger append_only', t);
		execute format('alter table cutover.%I enable always trigger append_only_all', t);
	end loop;
end $$;

/* Who copies what is stored here. 'synchronous': how many of them acts wait for; null where that may not be seen. */
create function cutover.standbys() returns json
	language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select json_build_object(
		'names', current_setting('synchronous_standby_names'),
		'standbys', count(*),
		'synchronous', case when count(*) = count(sync_state) then count(*) filter (where sync_state in ('sync', 'quorum')) end
	) from pg_stat_replication where state is distinct from 'backup'
$$;

create function cutover.reserve(id text) returns boolean
	language sql security definer set search_path = pg_catalog, pg_temp
as $$
	with given as (
		insert into cutover.cutovers as c (id) values ($1)
		on conflict on constraint cutovers_pkey do update set free = false where c.free
		returning true
	) select exists (select from given)
$$;

create function cutover.release(id text) returns void
	language sql security definer set search_path = pg_catalog, pg_temp
as $$
	update cutover.cutovers c set free = true
	where c.id = $1 and not exists (select from cutover.entries e where e.cutover = $1)
$$;

/* A sign of life, which need not outlive the server; without a report the last one stays. */
create function cutover.beat(id text, host text, report text) returns void
	language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform set_config('synchronous_commit', 'off', true);
	insert into cutover.hosts as h (cutover, host, report) values ($1, $2, coalesce($3, '{}'))
	on conflict on constraint hosts_pkey do update
		set heard = clock_timestamp(), login = session_user, report = coalesce($3, h.report);
end $$;

/* Whether this machine runs an attempt: the first that claims it does. */
create function cutover.claim(id text, attempt text, host text, machine text) returns boolean
	language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into cutover.claims (cutover, attempt, host, machine) values ($1, $2, $3, $4) on conflict do nothing;
	return exists (select from cutover.claims c where c.cutover = $1 and c.attempt = $2 and c.host = $3 and c.machine = $4);
end $$;

/* The lease for so many milliseconds from now on: its token, and from whom it was taken that had let it run out; null while another holds it. */
create function cutover.lease(id text, host text, holder text, ms int) returns json
	language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
	given bigint;
	was cutover.leases;
begin
	select * into was from cutover.leases l where l.cutover = $1 for update;
	insert into cutover.leases as l (cutover, host, holder, token, until)
		values ($1, $2, $3, 1, clock_timestamp() + least($4, 60000) * interval '1 ms')
	on conflict on constraint leases_pkey do update set
		token = l.token + (l.holder <> excluded.holder or l.until <= clock_timestamp())::int,
		host = excluded.host, holder = excluded.holder, until = clock_timestamp() + least($4, 60000) * interval '1 ms'
	where l.holder = excluded.holder or l.until <= clock_timestamp()
	returning l.token into given;
	return case when given is null then null else json_build_object(
		'token', given,
		'from', case when was.token <> given and was.holder <> '' then was.host end,
		'lapsed', extract(epoch from clock_timestamp() - was.until)
	) end;
end $$;

/* Gives the lease back before its time. */
create function cutover.yield(id text, holder text) returns void
	language sql security definer set search_path = pg_catalog, pg_temp
as $$
	update cutover.leases l set until = clock_timestamp(), holder = '' where l.cutover = $1 and l.holder = $2 and l.until > clock_timestamp()
$$;

/*
One statement, one transaction. 'stored' also where exactly these entries exist already: their answer was lost. 'conflict':
nothing was changed. 'diverged': what the caller read is not in this journal, so entries that were recorded are gone. 'fenced':
the lease that the caller acts on has passed to another, or has run out; nothing was changed. Token 0: it acts on none.
*/
create function cutover.append(id text, known_seq bigint, known_hash text, lines text[], token bigint) returns text
	language plpgsql security definer
	set search_path = pg_catalog, pg_temp
	set lock_timeout = '5s'
as $$
declare
	head_seq bigint := 0;
	head_hash text := '';
	at_seq bigint := known_seq;
	at_hash text := known_hash;
	line text;
	own text;
	n int := coalesce(array_length(lines, 1), 0);
	seqs bigint[] := '{}';
	hashes text[] := '{}';
	previouses text[] := '{}';
	closing constant int := 75; -- ,"hash":"64 digits"}
begin
	-- Not as a SET clause: that ends with the function, before the commit that it is for.
	perform set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') in ('off', 'local', 'remote_write');
	-- The queue of the writers, and what makes the commit of an empty append wait for the disk.
	perform from cutover.cutovers c where c.id = append.id for no key update;
	if not found then raise exception 'no cutover %', id using errcode = 'no_data_found'; end if;
	select e.seq, e.hash into head_seq, head_hash from cutover.entries e where e.cutover = id order by e.seq desc limit 1;
	head_seq := coalesce(head_seq, 0);
	head_hash := coalesce(head_hash, '');
	foreach line in array lines loop
		own := substr(line, length(line) - 65, 64);
		-- By its text, never as json: that type refuses \\u0000 and lone surrogates, which a line may hold.
		if right(line, closing) is distinct from ',"hash":"' || own || '"}'
			or encode(sha256(convert_to(at_hash || left(line, length(line) - closing) || '}', 'UTF8')), 'hex') <> own
			or substring(line from '^\\{"seq":([0-9]+),') is distinct from (at_seq + 1)::text
			or right(left(line, length(line) - closing), length(at_hash) + 14) <> ',"previous":"' || at_hash || '"'
		then raise exception 'entry % does not follow', at_seq + 1 using errcode = 'data_exception'; end if;
		at_seq := at_seq + 1;
		seqs := seqs || at_seq;
		hashes := hashes || own;
		previouses := previouses || at_hash;
		at_hash := own;
	end loop;
	if head_seq <> known_seq or head_hash <> known_hash then
		if n > 0 and exists (select from cutover.entries e where e.cutover = id and e.seq = at_seq and e.hash = at_hash) then
			return 'stored';
		end if;
		if known_seq > 0 and not exists (select from cutover.entries k where k.cutover = id and k.seq = known_seq and k.hash = known_hash) then
			return 'diverged';
		end if;
		return 'conflict';
	end if;
	if token > 0 then
		-- Whoever wants to take the lease waits until this is committed.
		perform from cutover.leases l where l.cutover = id and l.token = append.token and l.until > clock_timestamp() for share;
		if not found then return 'fenced'; end if;
	end if;
	insert into cutover.entries (cutover, seq, hash, previous, line)
		select id, u.seq, u.hash, u.previous, u.line from unnest(seqs, hashes, previouses, lines) as u(seq, hash, previous, line);
	if n > 0 then perform pg_notify('cutover_' || left(encode(sha256(convert_to(id, 'UTF8')), 'hex'), 32), at_seq::text); end if;
	return 'stored';
end $$;

revoke all on all functions in schema cutover from public;
grant execute on function cutover.standbys, cutover.reserve, cutover.release, cutover.append, cutover.beat, cutover.claim, cutover.lease, cutover.yield to ${roles.app};
grant insert (cutover, path, version, start, bytes) on cutover.chunks to ${roles.app};
grant select on all tables in schema cutover to ${roles.app}, ${roles.audit};
reset role;
`;

/** Lets a login use the cutovers of this database; `login` is quoted as an identifier. */
export const grantsFor = (login: string): string => `grant ${roles.app} to "${login.replaceAll('"', '""')}";`;
