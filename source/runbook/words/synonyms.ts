/*
The words by which parts, columns and meanings are found, English and Chinese, in one table. A phrase matches whole words,
whatever their case; its spaces also match dashes and slashes. Chinese matches anywhere. Settings add columns of their own.
*/

/** Phrases between commas, those of each language on lines of their own; the first are the surest. */
const phrases = (...lines: readonly string[]): readonly string[] => lines.flatMap(line => line.split(', '));

/** What a section is about, by its heading. */
export const headings = {
	gates: phrases(
		'gate, gates, go/no-go, go no go, go/no-go criteria, readiness, pre-deploy checks',
		'pre-deployment checks, pre-deploy checklist, pre-deployment checklist, pre-flight checks',
		'preflight checks, preflight checklist, pre-cutover checks, pre-cutover checklist, prechecks',
		'pre-checks, pre-check, precheck, entry criteria, entry conditions, prerequisites checklist, quality gates',
		'go criteria, go-live criteria, go-live checklist, pre-go-live checks, pre-go-live checklist, release criteria',
		'pre-implementation checks, pre-implementation checklist, pre-migration checks, pre-migration checklist',
		'pre-release checks, pre-release checklist, pre-upgrade checks, pre-upgrade checklist, pre-launch checks',
		'pre-launch checklist, pre-change checks, pre-change checklist, pre-switch checks, pre-switch checklist',
		'门禁, 准入, 关卡, 放行, 就绪, 上线前检查, 发布前检查, 切换前检查, 部署前检查, 前置检查',
		'上线检查, 发布检查, 切换检查, 变更前检查, 迁移前检查, 前检查, 前核查, 前确认, 检查清单',
		'checkpoint, checkpoints, checks before, checks before t0, pre-t0 checks, launch criteria, launch checklist',
		'readiness criteria, readiness checklist, cutover criteria, decision criteria',
	),
	/** Only a checklist under such a heading holds gates. */
	prerequisites: phrases(
		'prerequisites, preconditions, pre-conditions, preflight, pre-flight, pre-deployment, pre-deploy',
		'before we start, before you start, before you begin, before the cutover, before cutover, before go-live',
		'前提条件, 先决条件, 准备工作',
	),
	timeline: phrases(
		'timeline, time line, schedule, sequence, plan, run of show, runsheet, run sheet, countdown',
		'minute by minute, hour by hour, order of events, running order, chronology',
		'cutover steps, deployment steps, migration steps, implementation steps, release steps',
		'时间线, 时间表, 时间轴, 时间安排, 日程, 计划, 流程, 时序, 步骤表, 切换步骤, 上线步骤, 迁移步骤',
		'割接步骤, 升级步骤, 变更步骤, 实施步骤, 执行步骤',
	),
	triggers: phrases(
		'rollback triggers, rollback trigger, rollback criteria, rollback conditions, abort criteria',
		'abort conditions, stop criteria, stop conditions, stop if, abort if, roll back immediately if',
		'roll back if, rollback if, when to roll back, when to abort, back-out criteria, backout criteria',
		'back-out triggers, backout triggers, back-out conditions, backout conditions, kill criteria, abort triggers',
		'fallback criteria, fallback triggers, fallback conditions, rollback thresholds, back out if, back-out if',
		'go back if, fall back if, revert if, when to go back, when we go back, when do we go back, when to fall back',
		'when we roll back, when do we roll back, when to revert, when to back out, reasons to roll back',
		'回滚触发, 回滚条件, 触发条件, 中止条件, 回退条件, 回退触发, 何时回滚, 何时回退, 止损条件, 回滚标准, 回退标准, 回滚阈值, 回退阈值, 熔断条件, 回滚判据, 回退判据',
	),
	path: phrases(
		'rollback path, rollback paths, rollback steps, rollback procedure, rollback plan, rollback execution',
		'rollback instructions, rollback actions, execution path, how to roll back, rolling back',
		'back-out plan, backout plan, back-out procedure, backout procedure, back-out steps, backout steps',
		'fallback path, fallback plan, fallback procedure, fallback steps, revert plan, revert procedure, revert steps',
		'reversion plan, how to revert, how to back out, how to go back, how we go back, how do we go back',
		'how we roll back, how do we roll back, going back, the way back, way back',
		'回滚路径, 回滚步骤, 回滚流程, 回滚方案, 回滚执行, 回滚操作, 回滚方法, 回滚计划, 回退步骤, 回退方法, 回退操作, 回退计划, 回退方案, 回退流程, 执行路径',
	),
	rollback: phrases(
		'rollback, roll back, back-out, backout, revert, reversion, fallback, fall back, contingency, fail back, failback',
		'回滚, 回退, 应急回切, 回切',
	),
	signOffs: phrases(
		'sign-off, sign-offs, signoff, signoffs, sign off, approvals, approval, approvers, signatures',
		'签核, 签字, 签署, 会签, 审批, 签收',
	),
	evidence: phrases(
		'evidence, evidence package, evidence template, evidence record, cutover record, closeout record',
		'record template, cutover log, change record, closure record',
		'证据, 留痕, 记录模板, 归档, 取证',
	),
};

export type Topic = keyof typeof headings;

/** Columns, by the words of their headers. */
export const columns = {
	id: phrases(
		'gate id, id, gate, gate ref, gate reference, gate code, gate key, ref no, checkpoint, checkpoint id, gate no, gate number, #, no, nr, number, ref, key, check id, check no, item no, s/n',
		'编号, 门禁编号, 序号, 门禁, 关卡, 标识, 检查编号, 项, 项次',
	),
	check: phrases(
		'check, checks, criteria, criterion, check item, what is checked, requirement, item, what',
		'description, title, name, condition, control, precondition, pre-condition, prerequisite, question, questions, gate name, test, checkpoint, gate',
		'检查项, 检查, 检查内容, 检查点, 标准, 要求, 内容, 名称, 描述, 检查事项, 检查要点, 事项, 项目, 说明, 检查说明, 条件, 门禁, 关卡',
	),
	command: phrases(
		'command, commands, command / evidence, command or evidence, evidence, evidence / command, how',
		'verification, verify by, how to verify, verification method, proof, script',
		'verified by, verified with, checked with, verification command, check command, test command, validation',
		'how verified, verify with, how checked, how to check, how to test, check with, tested with, tested by, validate with',
		'validated by, method, check method, cmd, command line, automation, cli, cli command, shell, query',
		'命令, 命令/证据, 命令 / 证据, 证据, 验证方式, 验证方法, 校验方式, 脚本, 检查命令, 验证命令, 执行命令, 检查方式, 检查方法, 证明, 凭证, 佐证, 佐证材料',
		'如何验证, 核验方式',
	),
	pass: phrases(
		'pass condition, pass when, pass if, pass criteria, passes when, passes if, pass, expected',
		'expected result, expected outcome, success criteria, success, go if, go when, threshold, acceptance',
		'acceptance criteria, acceptance criterion, pass criterion, passes, expected output, expected value, expected state',
		'done when, ok if, ok when, green if, green when, target, target value, definition of done, must be',
		'通过条件, 通过标准, 预期, 预期结果, 期望结果, 合格标准, 达标条件, 预期输出, 期望输出, 期望值, 判定标准, 验收标准',
	),
	owner: phrases(
		'owner, owners, responsible, who, role, roles, owner role, accountable, assignee, dri, lead, team, by',
		'owned by, decides, decided by, who decides, decision owner, decision maker, resource, resources, engineer',
		'performed by, executed by, executor, implementer, done by, run by, assigned to, actor, party, function',
		'action owner, point person, approver, signatory, r, raci r, resp, responsibility, responsible party, in charge, poc',
		'answer by, answered by, signed off by, signed by, approved by, confirmed by, decision by, decider, decision authority, who calls, who calls it, called by',
		'负责人, 责任人, 角色, 负责角色, 执行人, 责任方, 负责, 操作人, 执行角色, 责任团队, 审批人, 决策人, 签核人',
	),
	time: phrases(
		'time, offset, rel time, when, t, t time, t offset, relative time, clock, mark, at, start, t minus, t-, t+/-, t±, relative',
		'start time, planned start, begin, begins, scheduled',
		'开始, 开始时间, 计划时间, 时间, 时刻, 时间点, 偏移, 相对时间, 何时, 节点',
	),
	action: phrases(
		'required actions, required action, actions, action, activity, activities, task, tasks, step, steps',
		'what, what happens, description, do, to do, todo, to be done, work item, operation, operations, work, what to do, actions required, instruction, instructions, event, milestone',
		'动作, 操作, 行动, 任务, 步骤, 活动, 内容, 事项, 工作内容, 操作内容, 操作步骤, 执行内容',
	),
	evidence: phrases(
		'evidence output, evidence, output, outputs, deliverable, record, proof, artifact, artefact, result, results, log',
		'证据, 输出, 产出, 证据输出, 记录, 产物, 交付物, 输出物, 留痕, 结果',
	),
	duration: phrases(
		'duration, time box, timebox, time limit, max duration, estimated duration, takes, timeout, time needed',
		'时长, 持续时间, 耗时, 时限, 预计时长',
	),
	condition: phrases(
		'condition, trigger, criteria, criterion, rollback trigger, roll back if, stop if, when, if, what',
		'description, signal, event, symptom, situation, scenario, indicator',
		'条件, 触发条件, 触发, 情形, 描述, 现象, 场景, 触发事件, 指标',
	),
	limit: phrases(
		'threshold, limit, for, window, time window, measure, sustained, sustained for, period, duration, longer than, more than, max duration, how long, tolerance',
		'阈值, 时长, 持续时间, 上限, 容忍时间',
	),
	text: phrases(
		'approves, attests, signs off on, what is approved, what is signed, requirement',
		'sign-off, signs, signs for, what, item, statement, scope, condition, confirms, approval, description, attestation',
		'签核内容, 内容, 事项, 确认内容, 签署内容',
	),
};

export type Column = keyof typeof columns;

/** Words that say what a text means. */
export const words = {
	timeline: phrases(
		'timeline, time line, schedule, sequence, run of show, runsheet, run sheet, countdown, minute by minute, hour by hour',
		'order of events, running order, chronology, cutover plan, deployment plan, release plan, migration plan, execution plan',
		'implementation plan, rollout plan, cutover steps, deployment steps, migration steps, implementation steps, release steps',
		'时间线, 时间表, 时间轴, 时间安排, 时序, 执行计划, 切换计划, 上线计划, 切换步骤, 上线步骤, 迁移步骤, 切换流程, 上线流程',
	),
	/** Headings that may hold gates and need not. */
	mayBeGates: phrases('checkpoint, checkpoints, readiness checklist, launch checklist', '检查清单, 前确认, 前核查'),
	gateColumn: phrases('gate, checkpoint, 门禁, 关卡'),
	checkColumn: phrases(
		'check, checks, criteria, criterion, command, commands, evidence, pass, verification, precondition, prerequisite',
		'检查, 命令, 证据, 标准, 通过',
	),
	aside: phrases(
		'communication, communications, comms, notification, notifications, contact, contacts, staffing, training, test plan, example',
		'沟通, 通知, 联系, 排班, 培训, 示例',
	),
	after: phrases(
		'post deploy, post deployment, post cutover, post release, post go live, post migration, after cutover, after deployment',
		'after go live, after the cutover, after t0, post checks, post validation, hypercare',
		'上线后, 切换后, 发布后, 部署后, 迁移后',
	),
	if: phrases(
		'if, when, any, trigger, triggers, criteria, conditions, immediately',
		'如果, 若, 条件, 触发, 立即, 出现, 何时, 什么情况',
	),
	conditions: phrases(
		'trigger, triggers, criteria, criterion, conditions, condition, when, thresholds',
		'条件, 触发, 标准, 阈值, 何时',
	),
	path: phrases(
		'path, steps, procedure, plan, execution, how to, instructions, execute, preferred, fallback',
		'路径, 步骤, 流程, 方案, 执行, 首选, 备用',
	),
	rollBackIf: phrases(
		'roll back if, roll back when, roll back immediately if, rollback if, stop if, abort if',
		'trigger rollback, revert if, revert when, go back if, go back when, fall back if, back out if, back-out if',
		'则回滚, 即回滚, 立即回滚, 触发回滚, 需回滚, 应回滚',
	),
	preferred: phrases(
		'preferred, primary, first choice, plan a, option a, option 1, method 1',
		'首选, 主用, 优先, 方案一',
	),
	fallback: phrases(
		'fallback, fall back, otherwise, alternatively, alternative, as a last resort, last resort, second way',
		'secondary, second choice, plan b, option b, option 2, method 2',
		'方案二, 备用, 备选, 否则, 兜底, 替代',
	),
	unavailable: phrases(
		'unavailable, not available, cannot be used, cannot run, is down, fails, failed, does not work',
		'unreachable, not possible, does not help, did not work, is not reachable',
		'不可用, 失败, 无法, 不能',
	),
	reference: phrases(
		'per, see, according to, as described in, as in, following, documented in',
		'参见, 参照, 按照, 依据, 详见',
	),
	down: phrases(
		'outage, downtime, does not answer, do not answer, no answer, not answering, does not respond, do not respond, stops responding, cannot be reached',
		'no heartbeat, no response, no signal, stops answering, not accessible, inaccessible',
		'unavailable, unreachable, down, offline, not reachable, not available, not responding, unresponsive',
		'不可用, 不可达, 宕机, 无法访问, 无响应, 离线, 中断',
	),
	failing: phrases(
		'fail, fails, failing, failed, failure, unhealthy, not healthy, red, error, errors, timeout',
		'times out, timing out, degraded, broken, not working, does not work, non-200, non-2xx, 5xx, 500, 502, 503, 504',
		'失败, 异常, 不健康, 报错, 超时',
	),
	health: phrases(
		'health, healthz, health check, health checks, endpoint, endpoints, probe, probes, heartbeat',
		'liveness, readiness',
		'健康, 端点, 接口, 探针, 心跳',
	),
	metric: phrases(
		'rate, error rate, latency, p50, p90, p95, p99, percentile, percent, count, number of, throughput',
		'rps, qps, tps, requests per second, per second, per minute, lag, queue depth, backlog, cpu',
		'memory usage, utilization, utilisation, response time',
		'错误率, 失败率, 延迟, 时延, 吞吐, 次数, 数量, 占比, 百分比, 积压, 使用率',
	),
	acknowledge: phrases(
		'reviewed, review, acknowledged, acknowledge, acknowledges, acknowledgement, approved, approve',
		'approves, approval, confirmed, confirm, confirms, signed off, sign off, agreed, accepted, accepts, endorsed',
		'已阅, 审阅, 评审, 确认, 批准, 知悉, 认可, 同意',
	),
	present: phrases(
		'present, presence, exist, exists, existence, ready, readiness, available, in place, found, committed',
		'checked in, callable, executable, readable, non-empty, there',
		'存在, 就绪, 可用, 到位, 齐全, 可调用, 可执行',
	),
	passing: phrases(
		'exit code, exit status, exits, exit, returns 0, return code, status 0, pass, passes, passed, passing',
		'succeeds, success, successful, green, no errors, zero errors, without errors, ok, rc',
		'退出码, 返回码, 通过, 成功, 无错误, 返回',
	),
	/** How a command ends, and nothing that a person could answer for. */
	exits: phrases(
		'exit code, exit status, exits, exit, returns 0, return code, status 0, rc, succeeds',
		'退出码, 返回码, 返回 0',
	),
	checks: phrases(
		'check, checks, checked, verify, verifies, validate, preflight, pre-flight, test, tests, gate, gates',
		'readiness, smoke, precheck, prechecks, pre-checks',
		'检查, 验证, 校验, 预检, 测试, 门禁, 就绪, 巡检',
	),
	gate: phrases(
		'gate, gates, check, checks, checklist, preflight, pre-flight, precheck, prechecks, pre-checks, criteria',
		'门禁, 检查, 关卡, 预检',
	),
	decision: phrases(
		'decision, decide, decides, go/no-go, go no go, go nogo, approval, approve, approves, no-go',
		'决策, 决定, 放行, 审批, 批准, 评审会, 裁决',
	),
	verify: phrases(
		'validate, verify, check, confirm, monitor, watch, review, inspect, test, observe, probe, look at',
		'verification, validation, smoke, smoke test, smoke tests, ensure, validates, verifies, checks, confirms, monitors, watches, reviews, inspects, tests, observes, probes, looks at',
		'验证, 检查, 确认, 观察, 监控, 核对, 核查, 查看, 校验',
	),
	baseline: phrases('baseline', '基线'),
	run: phrases(
		'run, runs, rerun, re-run, execute, perform, do, complete, verify, validate, check, confirm, pass',
		'start',
		'运行, 执行, 完成, 验证, 检查, 确认, 进行, 跑',
	),
	attached: phrases(
		'attached, attach, attachment, uploaded, captured, archived, recorded',
		'已附, 附上, 附件, 已上传, 已归档, 附加',
	),
	signed: phrases('signed, decision, decided, decision recorded', '签署, 签字, 决策, 决定'),
	acknowledged: phrases('acknowledged, acknowledge, acknowledgement, reviewed', '已确认, 知悉, 已阅, 确认'),
};

/** What ends the name of a role, where nothing else tells that a word is one. */
export const roleEnds = phrases(
	'manager, owner, lead, operator, ops, oncall, on-call, engineer, dba, sre, qa, admin, commander',
	'coordinator, officer, team, architect, developer, director, captain, support, desk, security, head, mgr, analyst',
	'specialist, supervisor, chief, sponsor',
	'负责人, 经理, 主管, 值班, 工程师, 运维, 管理员, 测试, 开发, 团队, 组, 部, 部门, 组长, 班长, 队长, 指挥长, 值班长, 总指挥',
	'指挥, 总监, 专员, 架构师, 岗',
);
