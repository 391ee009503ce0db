BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'mend','m0001_ground','2026-11-28 11:01:18.002734+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'mend','m0002_learning','2026-11-28 11:01:18.003228+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'mend','m0003_working','2026-11-28 11:01:18.003694+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'mend','m0004_drafts','2026-11-28 11:01:18.003913+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'mend','m0005_teams','2026-11-28 11:01:18.004110+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'mend','m0006_owning','2026-11-28 11:01:18.004402+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'mend','m0007_revisions','2026-11-28 11:01:18.004690+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'mend','m0011_weeks','2026-11-28 11:01:18.005161+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'mend','m0009_library','2026-11-28 11:01:18.007475+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'mend','m0008_people','2026-11-28 11:01:18.007769+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'mend','m0010_conditions','2026-11-28 11:01:18.007950+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'mend','m0012_patience','2026-11-28 11:01:18.008555+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'mend','m0014_personal','2026-11-28 11:01:18.011421+00:00');
INSERT INTO "_sqlite_migrations" VALUES(14,'mend','m0013_help_requests','2026-11-28 11:01:18.013325+00:00');
INSERT INTO "_sqlite_migrations" VALUES(15,'mend','m0014_personal_keys','2026-11-28 11:01:18.013490+00:00');
CREATE TABLE answers (
            workspace text not null, team text not null, owner text not null,
            factors text not null, answered_at text not null
        ) strict;
CREATE TABLE audit (
            workspace text not null, at text not null, admin text not null, act text not null,
            subject text not null
        ) strict;
CREATE TABLE causes (
            id text primary key, workspace text not null, team text not null, factor text not null,
            what text not null, who text not null, strength text not null, state text not null,
            reason text not null, checked_on text, changed_at text not null, came_back text,
            version integer not null
        ) strict;
CREATE TABLE conditions (
            id text primary key, workspace text not null,
            team text not null,       -- empty: for every team
            words text not null, until text not null, playbook text not null
        ) strict;
INSERT INTO "conditions" VALUES('a3460df475e12a28','T0MENDWS001','C0SUPPORT000','courier strike','2026-11-27','');
CREATE TABLE drafts (
            id text primary key, workspace text not null, owner text not null, title text not null,
            words text not null, may_tell integer not null
        , entry text not null default '') strict;
INSERT INTO "drafts" VALUES('e25e6fd8','T0MENDWS001','U0ADA000001','Two charges and one is pending','see which of two is settled',1,'1bb90845dad5930e');
CREATE TABLE entries (
            id text primary key, workspace text not null, team text not null, request text not null,
            owner text,               -- null once withdrawn: a tombstone names nobody
            text text, did text, would_help text, learned text, visibility text not null,
            version integer not null, created_at text not null, repaired_at text, withdrawn_at text, closed_at text, link text not null default '',
            unique (workspace, request)
        ) strict;
INSERT INTO "entries" VALUES('1bb90845dad5930e','T0MENDWS001','C0SUPPORT000','command:e54279f7a55e408af8ce5d14ec334aa0','U0ADA000001','sent the refund to the wrong card','','','','as_me',2,'2026-11-17T11:00:00.000000+00:00',NULL,NULL,NULL,'');
INSERT INTO "entries" VALUES('7f1f5df6d1b6fbc6','T0MENDWS001','C0SUPPORT000','command:e6c1a132f186b36b5baef907eb0d9376','U0ADA000001','told a customer the wrong opening hours','','','Read the last four digits back before pressing refund.','only_me',2,'2026-11-17T11:00:00.000000+00:00',NULL,NULL,NULL,'');
INSERT INTO "entries" VALUES('ba2caf8b57dbf651','T0MENDWS001','','385b76ef02fb506f512ef077e61914ea2a071efb7441dc68953b6a07d7066ac6',NULL,NULL,NULL,NULL,NULL,'as_me',3,'2026-11-24T13:30:00.000000+00:00',NULL,'2026-11-24T14:00:00.000000+00:00',NULL,'');
INSERT INTO "entries" VALUES('e9c9fd7a842cb395','T0MENDWS001','C0SUPPORT000','command:92aad5b93e06c06c778d232f04b289ed','U0BEN000002','promised a refund that takes longer','','','','as_me',2,'2026-11-24T13:30:00.000000+00:00',NULL,NULL,NULL,'');
CREATE TABLE gap_askers (
            gap text not null references gaps (id) on delete cascade, person text not null,
            mark text not null, at text not null, sent integer not null,
            told integer not null default 0, primary key (gap, person, mark)
        ) strict;
INSERT INTO "gap_askers" VALUES('5064f233d86b08b8','U0ADA000001','97cd199043d08ebb','2026-11-17T11:00:00.000000+00:00',1,0);
CREATE TABLE gaps (
            id text primary key, workspace text not null, theme text not null,
            words text not null,      -- empty unless the asker sent them to the playbook team
            at text not null, closed_at text
        , reason text not null default '') strict;
INSERT INTO "gaps" VALUES('5064f233d86b08b8','T0MENDWS001','something new','zqx my flamingo is broken','2026-11-17T11:00:00.000000+00:00',NULL,'');
CREATE TABLE hand_messages (
            workspace text not null, subject text not null, hand text not null,
            person text not null,     -- empty once forgotten, where a message still stands
            part text not null, primary key (workspace, subject)
        ) strict;
INSERT INTO "hand_messages" VALUES('T0MENDWS001','hand:15dfdca5354c14d9:3c1b4b7996f97734','15dfdca5354c14d9','U0CAM000003','lead');
INSERT INTO "hand_messages" VALUES('T0MENDWS001','hand:db23dc92191a063e:3b3ed8add53212a9','db23dc92191a063e','U0CAM000003','lead');
CREATE TABLE hands (
            id text primary key, workspace text not null, asker text not null,
            context text not null, entry text not null, asked_at text not null, state text not null,
            taker text not null, version integer not null
        , team text not null default '', playbook text not null default '', promise text not null default '', due_at text, on_line integer not null default 0, outcome text) strict;
INSERT INTO "hands" VALUES('15dfdca5354c14d9','T0MENDWS001','U0BEN000002','they charged me twice','','2026-11-24T14:00:00.000000+00:00','open','',1,'C0SUPPORT000','They charged me twice','',NULL,0,NULL);
INSERT INTO "hands" VALUES('db23dc92191a063e','T0MENDWS001','U0BEN000002','Call back about the refund','','2026-11-24T16:50:00.000000+00:00','open','',1,'C0SUPPORT000','','0e987c0957b13a8d','2026-11-24T16:30:00.000000+00:00',0,NULL);
CREATE TABLE jobs (
            id integer primary key, workspace text not null, kind text not null, key text not null,
            payload text not null, due_at text not null, armed integer not null default 1,
            attempts integer not null default 0, failures integer not null default 0,
            claimed_until text, done_at text, parked_at text, reason text, failing_since text, unique (workspace, key)
        ) strict;
INSERT INTO "jobs" VALUES(1,'T0MENDWS001','overdue','overdue:2026-11-16','{}','2026-11-18T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-18T10:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(4,'T0MENDWS001','lookback','lookback:1bb90845dad5930e','{"entry": "1bb90845dad5930e"}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(6,'T0MENDWS001','lookback','lookback:7f1f5df6d1b6fbc6','{"entry": "7f1f5df6d1b6fbc6"}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(7,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-18','{"team": "C0SUPPORT000", "day": "2026-11-18"}','2026-11-18T18:00:00.000000+00:00',1,1,0,NULL,'2026-11-18T18:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(8,'T0MENDWS001','overdue','overdue:2026-11-23','{}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(9,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-19','{"team": "C0SUPPORT000", "day": "2026-11-19"}','2026-11-19T18:00:00.000000+00:00',1,1,0,NULL,'2026-11-19T18:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(10,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-20','{"team": "C0SUPPORT000", "day": "2026-11-20"}','2026-11-20T18:00:00.000000+00:00',1,1,0,NULL,'2026-11-20T18:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(11,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-23','{"team": "C0SUPPORT000", "day": "2026-11-23"}','2026-11-23T18:00:00.000000+00:00',1,1,0,NULL,'2026-11-24T13:40:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(12,'T0MENDWS001','week','week:C0SUPPORT000:2026-11-16','{"team": "C0SUPPORT000", "monday": "2026-11-16"}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(13,'T0MENDWS001','notice','notice:lookback:1bb90845dad5930e:1:1','{}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(14,'T0MENDWS001','lookback_left','lookback_left:1bb90845dad5930e','{"entry": "1bb90845dad5930e"}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(15,'T0MENDWS001','notice','notice:lookback:7f1f5df6d1b6fbc6:1:1','{}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(16,'T0MENDWS001','lookback_left','lookback_left:7f1f5df6d1b6fbc6','{"entry": "7f1f5df6d1b6fbc6"}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(17,'T0MENDWS001','overdue','overdue:2026-11-30','{}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(18,'T0MENDWS001','draft','draft:e25e6fd8','{"draft": "e25e6fd8"}','2026-11-25T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(19,'T0MENDWS001','lookback','lookback:ba2caf8b57dbf651','{"entry": "ba2caf8b57dbf651"}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(20,'T0MENDWS001','thread','thread:ba2caf8b57dbf651','{"entry": "ba2caf8b57dbf651"}','2026-11-25T02:08:26.975178+00:00',2,32,31,NULL,NULL,NULL,'no answer came; it may have been sent','2026-11-24T14:00:00.000000+00:00');
INSERT INTO "jobs" VALUES(21,'T0MENDWS001','lookback','lookback:e9c9fd7a842cb395','{"entry": "e9c9fd7a842cb395"}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(22,'T0MENDWS001','promise','promise:0e987c0957b13a8d:before','{"promise": "0e987c0957b13a8d", "stage": "before"}','2026-11-24T16:20:00.000000+00:00',1,1,0,NULL,'2026-11-24T16:20:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(23,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-24','{"team": "C0SUPPORT000", "day": "2026-11-24"}','2026-11-25T02:23:35.224038+00:00',1,24,24,NULL,NULL,NULL,'Slack could not be reached; nothing was sent','2026-11-24T18:00:00.000000+00:00');
INSERT INTO "jobs" VALUES(24,'T0MENDWS001','notice','notice:lesson_told:7f1f5df6d1b6fbc6:2026-11-23','{}','2026-11-24T13:50:00.000000+00:00',1,1,0,NULL,'2026-11-24T13:50:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(25,'T0MENDWS001','thread','thread:e9c9fd7a842cb395','{"entry": "e9c9fd7a842cb395"}','2026-11-25T02:15:01.230709+00:00',1,33,33,NULL,NULL,NULL,'Slack could not be reached; nothing was sent','2026-11-24T14:00:00.000000+00:00');
INSERT INTO "jobs" VALUES(26,'T0MENDWS001','hand_waits','hand_waits:15dfdca5354c14d9','{"hand": "15dfdca5354c14d9"}','2026-11-25T02:02:00.000000+00:00',1,72,72,NULL,NULL,NULL,'it reached nobody','2026-11-24T14:10:00.000000+00:00');
INSERT INTO "jobs" VALUES(27,'T0MENDWS001','hand_message','hand:15dfdca5354c14d9:3c1b4b7996f97734','{"hand": "15dfdca5354c14d9"}','2026-11-25T02:11:59.579885+00:00',1,32,32,NULL,NULL,NULL,'no answer came; it may have been sent','2026-11-24T14:00:00.000000+00:00');
INSERT INTO "jobs" VALUES(28,'T0MENDWS001','notice','notice:promise:0e987c0957b13a8d:1:before:2026-11-24','{}','2026-11-25T02:19:46.968610+00:00',1,30,30,NULL,NULL,NULL,'no answer came; it may have been sent','2026-11-24T16:20:00.000000+00:00');
INSERT INTO "jobs" VALUES(29,'T0MENDWS001','promise','promise:0e987c0957b13a8d:due','{"promise": "0e987c0957b13a8d", "stage": "due"}','2026-11-24T16:30:00.000000+00:00',1,1,0,NULL,'2026-11-24T16:30:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(30,'T0MENDWS001','notice','notice:promise:0e987c0957b13a8d:1:due:2026-11-24','{}','2026-11-25T02:22:53.672442+00:00',1,28,28,NULL,NULL,NULL,'no answer came; it may have been sent','2026-11-24T16:30:00.000000+00:00');
INSERT INTO "jobs" VALUES(31,'T0MENDWS001','promise','promise:0e987c0957b13a8d:lead','{"promise": "0e987c0957b13a8d", "stage": "lead"}','2026-11-24T16:45:00.000000+00:00',1,1,0,NULL,'2026-11-24T16:50:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(32,'T0MENDWS001','hand_waits','hand_waits:db23dc92191a063e','{"hand": "db23dc92191a063e"}','2026-11-25T02:02:00.000000+00:00',1,55,55,NULL,NULL,NULL,'it reached nobody','2026-11-24T17:00:00.000000+00:00');
INSERT INTO "jobs" VALUES(33,'T0MENDWS001','hand_message','hand:db23dc92191a063e:3b3ed8add53212a9','{"hand": "db23dc92191a063e"}','2026-11-25T02:03:21.288812+00:00',1,26,26,NULL,NULL,NULL,'no answer came; it may have been sent','2026-11-24T16:50:00.000000+00:00');
INSERT INTO "jobs" VALUES(34,'T0MENDWS001','promise','promise:0e987c0957b13a8d:asked','{"promise": "0e987c0957b13a8d", "stage": "asked"}','2026-11-24T17:05:00.000000+00:00',1,1,0,NULL,'2026-11-24T17:10:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(35,'T0MENDWS001','notice','notice:promise:0e987c0957b13a8d:1:untaken:2026-11-24','{}','2026-11-25T02:22:40.997713+00:00',1,27,27,NULL,NULL,NULL,'no answer came; it may have been sent','2026-11-24T17:10:00.000000+00:00');
INSERT INTO "jobs" VALUES(36,'T0MENDWS001','promise','promise:0e987c0957b13a8d:again','{"promise": "0e987c0957b13a8d", "stage": "again"}','2026-11-25T17:10:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE lessons (
            entry text primary key, workspace text not null, team text not null, text text not null,
            tell_after text not null, told_on text
        , owner text not null default '') strict;
INSERT INTO "lessons" VALUES('7f1f5df6d1b6fbc6','T0MENDWS001','C0SUPPORT000','Read the last four digits back before pressing refund.','2026-11-22T05:47:59.013372+00:00','2026-11-23','U0ADA000001');
CREATE TABLE lookbacks (
            entry text primary key references entries (id) on delete cascade, state text not null,
            factors text not null, words text not null, cause text not null, who text not null,
            asked integer not null, answered_at text
        , may_show integer not null default 0) strict;
INSERT INTO "lookbacks" VALUES('7f1f5df6d1b6fbc6','asked','[]','','','',1,NULL,0);
INSERT INTO "lookbacks" VALUES('1bb90845dad5930e','answered','["TOOL", "LOAD"]','see which of two is settled','prevented','',1,'2026-11-24T13:30:00.000000+00:00',0);
CREATE TABLE members (
            workspace text not null, person text not null, channel text not null,
            primary key (workspace, person)
        ) strict;
CREATE TABLE notices (
            workspace text not null, key text not null, person text not null,
            content text,             -- null once delivered
            owed_at text not null, primary key (workspace, key)
        ) strict;
INSERT INTO "notices" VALUES('T0MENDWS001','notice:lead_first:C0SUPPORT000:008c3d1949ff9096','',NULL,'2026-11-17T10:10:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:lookback:1bb90845dad5930e:1:1','',NULL,'2026-11-23T10:00:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:lookback:7f1f5df6d1b6fbc6:1:1','',NULL,'2026-11-23T10:00:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:lesson_told:7f1f5df6d1b6fbc6:2026-11-23','',NULL,'2026-11-24T13:50:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:promise:0e987c0957b13a8d:1:before:2026-11-24','U0BEN000002','{"text": "You promised, by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30>: Call back about the refund", "blocks": [{"text": {"text": "You promised, by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30>:", "type": "mrkdwn"}, "type": "section"}, {"elements": [{"elements": [{"text": "Call back about the refund", "type": "text"}], "type": "rich_text_quote"}], "type": "rich_text"}, {"elements": [{"action_id": "promise_done", "style": "primary", "text": {"emoji": true, "text": "Done", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}, {"action_id": "promise_later", "text": {"emoji": true, "text": "Later", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}, {"action_id": "promise_hand_over", "text": {"emoji": true, "text": "Hand over", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}], "type": "actions"}]}','2026-11-24T16:20:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:promise:0e987c0957b13a8d:1:due:2026-11-24','U0BEN000002','{"text": "Due now (by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30>): Call back about the refund", "blocks": [{"text": {"text": "Due now (by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30>):", "type": "mrkdwn"}, "type": "section"}, {"elements": [{"elements": [{"text": "Call back about the refund", "type": "text"}], "type": "rich_text_quote"}], "type": "rich_text"}, {"elements": [{"action_id": "promise_done", "style": "primary", "text": {"emoji": true, "text": "Done", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}, {"action_id": "promise_later", "text": {"emoji": true, "text": "Later", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}, {"action_id": "promise_hand_over", "text": {"emoji": true, "text": "Hand over", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}], "type": "actions"}]}','2026-11-24T16:30:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:promise:0e987c0957b13a8d:1:untaken:2026-11-24','U0BEN000002','{"text": "Nobody has taken this over yet (by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30>). It is still yours: Call back about the refund", "blocks": [{"text": {"text": "Nobody has taken this over yet (by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30>). It is still yours:", "type": "mrkdwn"}, "type": "section"}, {"elements": [{"elements": [{"text": "Call back about the refund", "type": "text"}], "type": "rich_text_quote"}], "type": "rich_text"}, {"elements": [{"action_id": "promise_done", "style": "primary", "text": {"emoji": true, "text": "Done", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}, {"action_id": "promise_later", "text": {"emoji": true, "text": "Later", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}, {"action_id": "promise_hand_over", "text": {"emoji": true, "text": "Hand over", "type": "plain_text"}, "type": "button", "value": "0e987c0957b13a8d"}], "type": "actions"}]}','2026-11-24T17:10:00.000000+00:00');
CREATE TABLE phrase_askers (
            phrase integer not null references phrases (id) on delete cascade, mark text not null,
            at text not null, primary key (phrase, mark)
        ) strict;
INSERT INTO "phrase_askers" VALUES(1,'f0179e0831fd385a0e9a8aacfd3f7417','2026-11-17T11:00:00.000000+00:00');
CREATE TABLE phrases (
            id integer primary key, workspace text not null, slug text not null,
            phrase text not null, people integer not null default 0, undone_at text,
            unique (workspace, slug, phrase)
        ) strict;
INSERT INTO "phrases" VALUES(1,'T0MENDWS001','double-charge','charged twice flamingo subscription',1,NULL);
CREATE TABLE playbook_changes (
            workspace text not null, slug text not null, title text not null, kind text not null,
            digest text not null, at text not null
        ) strict;
INSERT INTO "playbook_changes" VALUES('T0MENDWS001','double-charge','They charged me twice','seen','dd9d114d3cb66cd932c5a7fecc5920ce33a3b8bfc6e9079e51618176a6388d95','2026-11-17T10:00:00.000000+00:00');
INSERT INTO "playbook_changes" VALUES('T0MENDWS001','refund-late','Where is my refund?','seen','990946b0049e7edc1c2f70290261112a28ca400dd34ee4674ca56207c40507bc','2026-11-17T10:00:00.000000+00:00');
CREATE TABLE playbook_rivals (
            workspace text not null, day text not null, one text not null, other text not null,
            times integer not null, primary key (workspace, day, one, other)
        ) strict, without rowid;
CREATE TABLE playbook_use (
            workspace text not null, day text not null, slug text not null,
            shown integer not null default 0, worked integer not null default 0,
            not_this integer not null default 0, primary key (workspace, day, slug)
        ) strict, without rowid;
INSERT INTO "playbook_use" VALUES('T0MENDWS001','2026-11-17','double-charge',2,1,0);
INSERT INTO "playbook_use" VALUES('T0MENDWS001','2026-11-24','double-charge',1,0,0);
CREATE TABLE posts (
            workspace text not null, subject text not null, key text not null,
            channel text not null, thread text not null, ts text not null default '',
            version integer not null default 0, since text not null, unsent integer not null default 0,
            primary key (workspace, subject)
        ) strict;
INSERT INTO "posts" VALUES('T0MENDWS001','thread:1bb90845dad5930e','c59b0393b7fa34db','C0SUPPORT000','','1794913200.000003',2,'2026-11-17T11:00:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-17','4a67231fad8c8c04','C0SUPPORT000','','1794938400.000000',1,'2026-11-17T18:00:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-18','bc6a85bdadf8d8bf','C0SUPPORT000','','1795024800.000000',1,'2026-11-18T18:00:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-19','8c7e40e6e0f59284','C0SUPPORT000','','1795111200.000000',1,'2026-11-19T18:00:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-20','836ff217d38dcafb','C0SUPPORT000','','1795197600.000000',1,'2026-11-20T18:00:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','week:C0SUPPORT000:2026-11-16','83a81e186023497a','C0SUPPORT000','','1795428000.000000',1,'2026-11-23T10:00:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','thread:ba2caf8b57dbf651','6efac5f7fdef52f4','C0SUPPORT000','','1795527000.000005',2,'2026-11-24T13:30:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-23','fb0026a2e38c7faa','C0SUPPORT000','','1795527600.000000',1,'2026-11-24T13:40:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','thread:e9c9fd7a842cb395','b0db0790b6c4476e','C0SUPPORT000','','',0,'2026-11-24T14:00:00.000000+00:00',33);
INSERT INTO "posts" VALUES('T0MENDWS001','hand:15dfdca5354c14d9:3c1b4b7996f97734','dc5e4ee56d29151d','U0CAM000003','','',0,'2026-11-24T14:00:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','notice:promise:0e987c0957b13a8d:1:before:2026-11-24','aeef3b2e9d8921b2','U0BEN000002','','',0,'2026-11-24T16:20:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','notice:promise:0e987c0957b13a8d:1:due:2026-11-24','6778c4f1eaf99c9f','U0BEN000002','','',0,'2026-11-24T16:30:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','hand:db23dc92191a063e:3b3ed8add53212a9','0a99668ba13487ab','U0CAM000003','','',0,'2026-11-24T16:50:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','notice:promise:0e987c0957b13a8d:1:untaken:2026-11-24','94e167660568621f','U0BEN000002','','',0,'2026-11-24T17:10:00.000000+00:00',0);
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-24','71e69aa3548e4888','C0SUPPORT000','','',0,'2026-11-24T18:00:00.000000+00:00',24);
CREATE TABLE promises (
            id text primary key, workspace text not null,
            entry text not null references entries (id) on delete cascade, owner text not null,
            what text not null, due_at text not null, may_tell_lead integer not null,
            state text not null, version integer not null
        , team text not null default '') strict;
INSERT INTO "promises" VALUES('0e987c0957b13a8d','T0MENDWS001','e9c9fd7a842cb395','U0BEN000002','Call back about the refund','2026-11-24T16:30:00.000000+00:00',1,'open',1,'C0SUPPORT000');
CREATE TABLE recaps (
            workspace text not null, team text not null, day text not null, content text not null,
            primary key (workspace, team, day)
        ) strict;
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-17','{"team": "C0SUPPORT000", "day": "2026-11-17", "after": "2026-11-16T18:00:00.000000+00:00", "until": "2026-11-17T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "Where is my refund?", "say_first": "We owe you that money, and I''m sorry it''s late. I''ll find out where it is and tell you."}, "thanks": "Thank you for the warm hand-overs: one telling of a story is enough.", "conditions": [], "gaps": [], "waiting": ["something new"], "lesson": ""}');
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-18','{"team": "C0SUPPORT000", "day": "2026-11-18", "after": "2026-11-17T18:00:00.000000+00:00", "until": "2026-11-18T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "They charged me twice", "say_first": "We took your payment twice, and I''m sorry. I''m sorting it out now, and you''ll leave with a date."}, "thanks": "Thank you for taking the pause before the hard reply.", "conditions": [], "gaps": ["something new"], "waiting": ["something new"], "lesson": ""}');
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-19','{"team": "C0SUPPORT000", "day": "2026-11-19", "after": "2026-11-18T18:00:00.000000+00:00", "until": "2026-11-19T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "Where is my refund?", "say_first": "We owe you that money, and I''m sorry it''s late. I''ll find out where it is and tell you."}, "thanks": "Thank you for reading figures back before pressing the button.", "conditions": [], "gaps": ["something new"], "waiting": ["something new"], "lesson": ""}');
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-20','{"team": "C0SUPPORT000", "day": "2026-11-20", "after": "2026-11-19T18:00:00.000000+00:00", "until": "2026-11-20T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "They charged me twice", "say_first": "We took your payment twice, and I''m sorry. I''m sorting it out now, and you''ll leave with a date."}, "thanks": "Thank you for telling the playbook team what agents need next.", "conditions": [], "gaps": ["something new"], "waiting": ["something new"], "lesson": ""}');
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-23','{"team": "C0SUPPORT000", "day": "2026-11-23", "after": "2026-11-20T18:00:00.000000+00:00", "until": "2026-11-23T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "Where is my refund?", "say_first": "We owe you that money, and I''m sorry it''s late. I''ll find out where it is and tell you."}, "thanks": "Thank you to everyone who wrote a promise down before it could be forgotten.", "conditions": [{"id": "a3460df475e12a28", "team": "C0SUPPORT000", "words": "courier strike", "until": "2026-11-27", "playbook": ""}], "gaps": ["something new"], "waiting": ["something new"], "lesson": ""}');
CREATE TABLE replies (
            entry text not null references entries (id) on delete cascade, ts text not null,
            text text not null, deleted_at text, primary key (entry, ts)
        ) strict;
CREATE TABLE revisions (
            id integer primary key, workspace text not null, slug text not null,
            author text not null,     -- empty for what was found on the disk
            at text not null, digest text not null, base text not null, state text not null,
            sources text not null, text text not null
        ) strict;
INSERT INTO "revisions" VALUES(1,'T0MENDWS001','double-charge','','2026-11-17T10:10:00.000000+00:00','96b0f9f1fe96089418af4225c24a52d97fc3c829cf34dba7af8cf4278e626e50','','file','[]','---
title: They charged me twice
summary: The same purchase or bill was taken two times.
phrases:
  - double charge
  - billed 2x same order
  - two identical payments on my card
  - duplicate transaction
  - same amount deducted again
  - you took the money two times
  - paid once but app shows two
  - nadoble yung bayad ko
  - dalawang beses na-charge yung card
  - why two of them, i only bought one
  - charged double this month, wants one back
  - cx sees two lines for one purchase on her statement
  - me cobraron dos veces
  - cargo duplicado en mi tarjeta
not_for:
  - my bill tripled
  - price doubled since last month
  - i ordered two by mistake
  - still charged after i cancelled
  - theres a charge i never made
  - tried to pay twice and it failed both times
  - need copies of both my bills
  - got two of the same item in the box
  - dalawang beses na akong tumawag, walang sagot
category: billing
state: ready
owner: billing lead
verified: 2026-11-02
review_days: 120
authority:
  - what: Reverse the second charge
    next: team lead
    reach: on shift, in the team channel
    record: both transaction references and the reversal number
  - what: Refund the bank fee it caused
    next: team lead
    reach: on shift, in the team channel
    record: the fee and the proof you saw
---

## Say first

We took your payment twice, and I''m sorry. I''m sorting it out now, and you''ll leave with a date.

## Do

1. Look whether both are posted, or one is still pending.
2. Both posted: reverse the second one now and note its reference.
3. One pending: say when it drops off, and set yourself a day to check.
4. Ask whether it caused an overdraft or a fee.
5. Give the reference and the date in writing.

## Avoid

- "Wait for your bank", with no reference and no date.
- Asking for the full card number. The last four digits are enough.
- Reversing before you know which charge is which.

## If stuck

If you cannot see the second charge, ask the billing desk through the team lead. Hand over date, amount and last four digits.

## Close

Read back the amount, the reference, the date it should show, and the day you check it yourself.

## Scripts

### Reversed

Hello {name}, we charged you twice for {reference}, and I''m sorry. I''ve reversed the second {amount} today. Your bank should show it by {date}. I''ll check on {check_date} and write to you either way.

### Still pending

Hello {name}, I can see two amounts of {amount}. One is only reserved and should drop off by {date}. I''ll look on that day; if it is still there, I''ll reverse it and write to you. You needn''t call again.
');
INSERT INTO "revisions" VALUES(2,'T0MENDWS001','refund-late','','2026-11-17T10:10:00.000000+00:00','9d7ccd4011d9535560f40ff42fae8bf8892d410c902a1e7ab8606ba0199ea815','','file','[]','---
title: Where is my refund?
summary: We promised money back and it has not arrived.
phrases:
  - refund not received
  - its been 3 weeks no money back
  - returned the shoes still waiting to be paid
  - refund says completed but bank has nothing
  - reimbursement overdue
  - you wrote youd pay us, case closed, nothing came
  - when do i get my deposit
  - refund went to closed card
  - ang tagal ng refund
  - wala pa rin yung pera ko
  - return got to you on the 2nd, still no money
  - cant make rent because that refund isnt here
  - no me llega el reembolso
  - cuándo me devuelven el dinero
not_for:
  - i want a refund, it came broken
  - can i return it for my money back
  - charged me twice, give one back
  - how long does a refund take if i send it back
  - my parcel is late
  - paid my bill late, is there a fee
  - wants money for his time
  - company hasnt paid my travel expenses yet
  - quiero devolver los zapatos
category: billing
state: ready
owner: billing lead
verified: 2026-11-02
review_days: 120
authority:
  - what: Send the refund again or speed it up
    next: team lead
    reach: on shift, in the team channel
    record: the trace number and the day you check
  - what: Give credit while they wait
    next: team lead
    reach: on shift, in the team channel
    record: the credit, and that it replaces nothing
---

## Say first

We owe you that money, and I''m sorry it''s late. I''ll find out where it is and tell you.

## Do

1. Find where it stands: approved, sent, or received by the bank.
2. Not approved: get it approved now.
3. Sent: give the trace number and the date it left.
4. Gone to a closed card or a wrong account: open the trace, or send it again.
5. Set yourself the day to check, and say which day that is.

## Avoid

- Repeating "five to ten working days".
- Sending them to the bank with nothing in hand.
- A date you cannot influence, said as a promise.

## If stuck

Ask the billing desk through the team lead. Hand over the order, the amount, and the stage where it stopped.

## Close

Read back the stage, the trace number, the amount, and the day they hear from you.

## Scripts

### It is on its way

Hello {name}, your refund of {amount} left us on {sent_date}. The trace number is {reference}; your bank can find it with that. I''ll check on {check_date}. If it isn''t there, I''ll have it sent again.

### It had stopped with us

Hello {name}, your refund of {amount} had stopped on our side, and I''m sorry. It''s released as of today, and it should reach you by {date}. I''ll write to you on that day.
');
CREATE TABLE suggestion_askers (
            suggestion text primary key references suggestions (id) on delete cascade,
            person text not null, at text not null
        ) strict;
INSERT INTO "suggestion_askers" VALUES('e60f72e993eea220','U0ADA000001','2026-11-17T11:00:00.000000+00:00');
CREATE TABLE suggestions (
            id text primary key, workspace text not null, slug text not null, words text not null,
            is_outdated integer not null, verified text, at text not null
        ) strict;
INSERT INTO "suggestions" VALUES('e60f72e993eea220','T0MENDWS001','double-charge','the bank takes five days now, not three',0,'2026-11-02','2026-11-17T11:00:00.000000+00:00');
CREATE TABLE teams (
            workspace text not null, channel text not null, chosen text not null,
            since text not null, primary key (workspace, channel)
        ) strict;
CREATE TABLE uses (
            workspace text not null, person text not null, slug text not null, parts text not null,
            at text not null, judged integer not null default 0, primary key (workspace, person, slug)
        ) strict;
INSERT INTO "uses" VALUES('T0MENDWS001','U0ADA000001','double-charge','{"title": "b770d2ee", "authority": "9c5fd769", "say_first": "999fe611", "ask": "161e5122", "do": "dd3c89f3", "avoid": "7592e227", "close": "9b0ac9f9", "stuck": "64afda72"}','2026-11-17T11:00:00.000000+00:00',0);
INSERT INTO "uses" VALUES('T0MENDWS001','U0BEN000002','double-charge','{"title": "b770d2ee", "authority": "9c5fd769", "say_first": "999fe611", "ask": "161e5122", "do": "dd3c89f3", "avoid": "7592e227", "close": "9b0ac9f9", "stuck": "64afda72"}','2026-11-24T14:00:00.000000+00:00',0);
CREATE TABLE weeks (
            workspace text not null, team text not null, monday text not null,
            content text not null, primary key (workspace, team, monday)
        ) strict;
INSERT INTO "weeks" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-16','{"team": "C0SUPPORT000", "monday": "2026-11-16", "after": "2026-11-16T00:00:00.000000+00:00", "until": "2026-11-23T00:00:00.000000+00:00", "factors": [], "problems": [], "helped": [], "causes": [], "gaps": [], "learned": ""}');
CREATE TABLE welcomes (
            workspace text not null, person text not null, part text not null, at text not null,
            primary key (workspace, person, part)
        ) strict;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX entries_of_owner on entries (workspace, owner, created_at);
CREATE INDEX posts_of_thread on posts (workspace, channel, ts);
CREATE INDEX jobs_due on jobs (due_at) where done_at is null and parked_at is null;
CREATE INDEX playbook_changes_at on playbook_changes (workspace, at);
CREATE INDEX promises_of_entry on promises (entry);
CREATE INDEX revisions_of on revisions (workspace, slug, id);
CREATE INDEX revisions_in on revisions (workspace, state);
CREATE INDEX causes_of_team on causes (workspace, team);
CREATE INDEX lookbacks_answered on lookbacks (answered_at);
CREATE INDEX gaps_live on gaps (workspace) where closed_at is null or reason <> '';
CREATE INDEX gap_askers_of_mark on gap_askers (mark, person);
CREATE INDEX audit_at on audit (workspace, at);
CREATE INDEX hand_messages_of on hand_messages (workspace, hand);
COMMIT;
