BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'mend','m0001_ground','2026-11-28 11:01:01.205436+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'mend','m0002_learning','2026-11-28 11:01:01.205925+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'mend','m0003_working','2026-11-28 11:01:01.206339+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'mend','m0004_drafts','2026-11-28 11:01:01.206557+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'mend','m0005_teams','2026-11-28 11:01:01.206751+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'mend','m0006_owning','2026-11-28 11:01:01.207096+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'mend','m0007_revisions','2026-11-28 11:01:01.207651+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'mend','m0011_weeks','2026-11-28 11:01:01.208178+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'mend','m0009_library','2026-11-28 11:01:01.210407+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'mend','m0008_people','2026-11-28 11:01:01.210705+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'mend','m0010_conditions','2026-11-28 11:01:01.210895+00:00');
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
INSERT INTO "conditions" VALUES('9ce6a79f2e6de714','T0MENDWS001','C0SUPPORT000','courier strike','2026-11-27','');
CREATE TABLE drafts (
            id text primary key, workspace text not null, owner text not null, title text not null,
            words text not null, may_tell integer not null
        ) strict;
INSERT INTO "drafts" VALUES('d6478435','T0MENDWS001','U0ADA000001','Two charges and one is pending','see which of two is settled',1);
CREATE TABLE entries (
            id text primary key, workspace text not null, team text not null, request text not null,
            owner text,               -- null once withdrawn: a tombstone names nobody
            text text, did text, would_help text, learned text, visibility text not null,
            version integer not null, created_at text not null, repaired_at text, withdrawn_at text, closed_at text, link text not null default '',
            unique (workspace, request)
        ) strict;
INSERT INTO "entries" VALUES('3d730bc0607a7aed','T0MENDWS001','C0SUPPORT000','command:e167026ddfda9425822907c8952da0e4','U0ADA000001','sent the refund to the wrong card','','','','as_me',2,'2026-11-17T11:00:00.000000+00:00',NULL,NULL,NULL,'');
INSERT INTO "entries" VALUES('d91fc8d07c13c96a','T0MENDWS001','C0SUPPORT000','command:402cd6db93107c7d26ca21f02833152d','U0ADA000001','told a customer the wrong opening hours','','','Read the last four digits back before pressing refund.','only_me',2,'2026-11-17T11:00:00.000000+00:00',NULL,NULL,NULL,'');
INSERT INTO "entries" VALUES('d03f57eb71f389f8','T0MENDWS001','','command:299bf8ec5aa7065e5ed5821a557252f4',NULL,NULL,NULL,NULL,NULL,'as_me',3,'2026-11-24T13:30:00.000000+00:00',NULL,'2026-11-24T14:00:00.000000+00:00',NULL,'');
INSERT INTO "entries" VALUES('3011e744fcabb62c','T0MENDWS001','C0SUPPORT000','command:8eaeed5c0ddac9aca2ff77467f9fe36d','U0BEN000002','promised a refund that takes longer','','','','as_me',2,'2026-11-24T13:30:00.000000+00:00',NULL,NULL,NULL,'');
CREATE TABLE gap_askers (
            gap text not null references gaps (id) on delete cascade, person text not null,
            mark text not null, at text not null, sent integer not null,
            told integer not null default 0, primary key (gap, person, mark)
        ) strict;
INSERT INTO "gap_askers" VALUES('650862907ef27c20','U0ADA000001','97cd199043d08ebb','2026-11-17T11:00:00.000000+00:00',1,0);
CREATE TABLE gaps (
            id text primary key, workspace text not null, theme text not null,
            words text not null,      -- empty unless the asker sent them to the playbook team
            at text not null, closed_at text
        , reason text not null default '') strict;
INSERT INTO "gaps" VALUES('650862907ef27c20','T0MENDWS001','billing','zqx my flamingo is broken','2026-11-17T11:00:00.000000+00:00',NULL,'');
CREATE TABLE hands (
            id text primary key, workspace text not null, asker text not null,
            context text not null, entry text not null, asked_at text not null, state text not null,
            taker text not null, version integer not null
        ) strict;
INSERT INTO "hands" VALUES('8590ec502305de89','T0MENDWS001','U0BEN000002','Looking at the playbook “They charged me twice”.','','2026-11-24T14:00:00.000000+00:00','open','',1);
INSERT INTO "hands" VALUES('7bde3373188847c0','T0MENDWS001','U0BEN000002','A promise to a customer needs somebody: Call back about the refund (by 16:30 UTC)','','2026-11-24T16:50:00.000000+00:00','open','',1);
CREATE TABLE jobs (
            id integer primary key, workspace text not null, kind text not null, key text not null,
            payload text not null, due_at text not null, armed integer not null default 1,
            attempts integer not null default 0, failures integer not null default 0,
            claimed_until text, done_at text, parked_at text, reason text, unique (workspace, key)
        ) strict;
INSERT INTO "jobs" VALUES(1,'T0MENDWS001','overdue','overdue:2026-11-16','{}','2026-11-18T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-18T10:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(4,'T0MENDWS001','lookback','lookback:3d730bc0607a7aed','{"entry": "3d730bc0607a7aed"}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(6,'T0MENDWS001','lookback','lookback:d91fc8d07c13c96a','{"entry": "d91fc8d07c13c96a"}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(7,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-18','{"team": "C0SUPPORT000", "day": "2026-11-18"}','2026-11-18T18:00:00.000000+00:00',1,1,0,NULL,'2026-11-18T18:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(8,'T0MENDWS001','overdue','overdue:2026-11-23','{}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(9,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-19','{"team": "C0SUPPORT000", "day": "2026-11-19"}','2026-11-19T18:00:00.000000+00:00',1,1,0,NULL,'2026-11-19T18:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(10,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-20','{"team": "C0SUPPORT000", "day": "2026-11-20"}','2026-11-20T18:00:00.000000+00:00',1,1,0,NULL,'2026-11-20T18:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(11,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-23','{"team": "C0SUPPORT000", "day": "2026-11-23"}','2026-11-23T18:00:00.000000+00:00',1,1,0,NULL,'2026-11-24T13:40:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(12,'T0MENDWS001','week','week:C0SUPPORT000:2026-11-16','{"team": "C0SUPPORT000", "monday": "2026-11-16"}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(13,'T0MENDWS001','notice','notice:lookback:3d730bc0607a7aed:1:1','{}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(14,'T0MENDWS001','lookback_left','lookback_left:3d730bc0607a7aed','{"entry": "3d730bc0607a7aed"}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(15,'T0MENDWS001','notice','notice:lookback:d91fc8d07c13c96a:1:1','{}','2026-11-23T10:00:00.000000+00:00',1,1,0,NULL,'2026-11-23T10:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(16,'T0MENDWS001','lookback_left','lookback_left:d91fc8d07c13c96a','{"entry": "d91fc8d07c13c96a"}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(17,'T0MENDWS001','overdue','overdue:2026-11-30','{}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(18,'T0MENDWS001','draft','draft:d6478435','{"draft": "d6478435", "entry": "3d730bc0607a7aed"}','2026-11-25T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(19,'T0MENDWS001','lookback','lookback:d03f57eb71f389f8','{"entry": "d03f57eb71f389f8"}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(20,'T0MENDWS001','thread','thread:d03f57eb71f389f8','{"entry": "d03f57eb71f389f8"}','2026-11-24T16:26:12.599784+00:00',2,13,11,NULL,NULL,'2026-11-24T16:30:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(21,'T0MENDWS001','lookback','lookback:3011e744fcabb62c','{"entry": "3011e744fcabb62c"}','2026-11-30T10:00:00.000000+00:00',1,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(22,'T0MENDWS001','promise','promise:ff3c4bd7c83606e1:before','{"promise": "ff3c4bd7c83606e1", "stage": "before"}','2026-11-24T16:20:00.000000+00:00',1,1,0,NULL,'2026-11-24T16:20:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(23,'T0MENDWS001','recap','recap:C0SUPPORT000:2026-11-24','{"team": "C0SUPPORT000", "day": "2026-11-24"}','2026-11-25T02:00:30.000000+00:00',4,39,3,NULL,NULL,NULL,'no answer came; it may have been sent');
INSERT INTO "jobs" VALUES(24,'T0MENDWS001','thread','thread:3011e744fcabb62c','{"entry": "3011e744fcabb62c"}','2026-11-24T16:25:27.716755+00:00',1,12,11,NULL,NULL,'2026-11-24T16:30:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(25,'T0MENDWS001','hand_reminder','hand_reminder:8590ec502305de89','{"hand": "8590ec502305de89"}','2026-11-24T14:10:00.000000+00:00',1,1,0,NULL,'2026-11-24T14:10:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(26,'T0MENDWS001','hand','hand:8590ec502305de89:U0CAM000003','{"hand": "8590ec502305de89", "person": "U0CAM000003"}','2026-11-24T16:22:52.046796+00:00',1,12,11,NULL,NULL,'2026-11-24T16:30:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(27,'T0MENDWS001','notice','notice:hand_reminder:8590ec502305de89:U0CAM000003','{}','2026-11-24T16:25:46.947882+00:00',1,12,11,NULL,NULL,'2026-11-24T16:30:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(28,'T0MENDWS001','notice','notice:hand_reminder:8590ec502305de89:U0BEN000002','{}','2026-11-24T16:48:09.031658+00:00',1,12,11,NULL,NULL,'2026-11-24T16:50:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(29,'T0MENDWS001','notice','notice:promise:ff3c4bd7c83606e1:1:before:2026-11-24','{}','2026-11-24T18:57:22.615220+00:00',1,12,11,NULL,NULL,'2026-11-24T19:00:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(30,'T0MENDWS001','promise','promise:ff3c4bd7c83606e1:due','{"promise": "ff3c4bd7c83606e1", "stage": "due"}','2026-11-24T16:30:00.000000+00:00',1,1,0,NULL,'2026-11-24T16:30:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(31,'T0MENDWS001','notice','notice:alert:hand:UNKNOWN:2026-11-24:U0DEE000004','{}','2026-11-24T19:08:53.007144+00:00',1,12,11,NULL,NULL,'2026-11-24T19:10:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(32,'T0MENDWS001','notice','notice:alert:thread:UNKNOWN:2026-11-24:U0DEE000004','{}','2026-11-24T18:52:37.125746+00:00',1,12,11,NULL,NULL,'2026-11-24T19:00:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(33,'T0MENDWS001','notice','notice:promise:ff3c4bd7c83606e1:1:due:2026-11-24','{}','2026-11-24T18:58:18.710265+00:00',1,12,11,NULL,NULL,'2026-11-24T19:00:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(34,'T0MENDWS001','promise','promise:ff3c4bd7c83606e1:lead','{"promise": "ff3c4bd7c83606e1", "stage": "lead"}','2026-11-24T16:45:00.000000+00:00',1,1,0,NULL,'2026-11-24T16:50:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(35,'T0MENDWS001','hand_reminder','hand_reminder:7bde3373188847c0','{"hand": "7bde3373188847c0"}','2026-11-24T17:00:00.000000+00:00',1,1,0,NULL,'2026-11-24T17:00:00.000000+00:00',NULL,NULL);
INSERT INTO "jobs" VALUES(36,'T0MENDWS001','hand','hand:7bde3373188847c0:U0CAM000003','{"hand": "7bde3373188847c0", "person": "U0CAM000003"}','2026-11-24T19:29:52.903550+00:00',1,12,11,NULL,NULL,'2026-11-24T19:30:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(37,'T0MENDWS001','notice','notice:hand_reminder:7bde3373188847c0:U0CAM000003','{}','2026-11-24T19:16:14.094176+00:00',1,12,11,NULL,NULL,'2026-11-24T19:20:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(38,'T0MENDWS001','notice','notice:hand_reminder:7bde3373188847c0:U0BEN000002','{}','2026-11-24T19:32:00.333991+00:00',1,12,11,NULL,NULL,'2026-11-24T19:40:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(39,'T0MENDWS001','notice','notice:alert:notice:UNKNOWN:2026-11-24:U0DEE000004','{}','2026-11-24T21:26:19.826319+00:00',1,12,11,NULL,NULL,'2026-11-24T21:30:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(40,'T0MENDWS001','notice','notice:alert:recap:UNKNOWN:2026-11-24:U0DEE000004','{}','2026-11-24T23:01:23.812258+00:00',1,12,11,NULL,NULL,'2026-11-24T23:10:00.000000+00:00','no answer came; it may have been sent http_500');
INSERT INTO "jobs" VALUES(41,'T0MENDWS001','notice','notice:alert:recap:UNKNOWN:2026-11-25:U0DEE000004','{}','2026-11-25T02:00:30.000000+00:00',1,4,4,NULL,NULL,NULL,'no answer came; it may have been sent');
CREATE TABLE lessons (
            entry text primary key, workspace text not null, team text not null, text text not null,
            tell_after text not null, told_on text
        ) strict;
INSERT INTO "lessons" VALUES('d91fc8d07c13c96a','T0MENDWS001','C0SUPPORT000','Read the last four digits back before pressing refund.','2026-11-23T23:15:11.179292+00:00',NULL);
CREATE TABLE lookbacks (
            entry text primary key references entries (id) on delete cascade, state text not null,
            factors text not null, words text not null, cause text not null, who text not null,
            asked integer not null, answered_at text
        , may_show integer not null default 0) strict;
INSERT INTO "lookbacks" VALUES('d91fc8d07c13c96a','asked','[]','','','',1,NULL,0);
INSERT INTO "lookbacks" VALUES('3d730bc0607a7aed','answered','["TOOL", "LOAD"]','see which of two is settled','prevented','',1,'2026-11-24T13:30:00.000000+00:00',0);
CREATE TABLE members (
            workspace text not null, person text not null, channel text not null,
            primary key (workspace, person)
        ) strict;
CREATE TABLE notices (
            workspace text not null, key text not null, person text not null,
            content text,             -- null once delivered
            owed_at text not null, primary key (workspace, key)
        ) strict;
INSERT INTO "notices" VALUES('T0MENDWS001','notice:lead_first:C0SUPPORT000:U0CAM000003','',NULL,'2026-11-17T10:10:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:lookback:3d730bc0607a7aed:1:1','',NULL,'2026-11-23T10:00:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:lookback:d91fc8d07c13c96a:1:1','',NULL,'2026-11-23T10:00:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:hand_reminder:8590ec502305de89:U0CAM000003','U0CAM000003','{"text": "A request for a hand is still waiting: nobody has taken it. It is above.", "blocks": [{"text": {"text": "A request for a hand is still waiting: nobody has taken it. It is above.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-24T14:10:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:hand_reminder:8590ec502305de89:U0BEN000002','U0BEN000002','{"text": "Nobody has taken your request for a hand yet. Your supervisors were reminded. If it cannot wait, call your lead.", "blocks": [{"text": {"text": "Nobody has taken your request for a hand yet. Your supervisors were reminded. If it cannot wait, call your lead.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-24T14:10:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:promise:ff3c4bd7c83606e1:1:before:2026-11-24','U0BEN000002','{"text": "You promised, by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30 UTC>: Call back about the refund", "blocks": [{"text": {"text": "You promised, by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30 UTC>:", "type": "mrkdwn"}, "type": "section"}, {"elements": [{"elements": [{"text": "Call back about the refund", "type": "text"}], "type": "rich_text_quote"}], "type": "rich_text"}, {"elements": [{"action_id": "promise_done", "style": "primary", "text": {"emoji": true, "text": "Done", "type": "plain_text"}, "type": "button", "value": "ff3c4bd7c83606e1"}, {"action_id": "promise_later", "text": {"emoji": true, "text": "Later", "type": "plain_text"}, "type": "button", "value": "ff3c4bd7c83606e1"}, {"action_id": "promise_hand_over", "text": {"emoji": true, "text": "Hand over", "type": "plain_text"}, "type": "button", "value": "ff3c4bd7c83606e1"}], "type": "actions"}]}','2026-11-24T16:20:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:alert:hand:UNKNOWN:2026-11-24:U0DEE000004','U0DEE000004','{"text": "A supervisor could not be told that somebody asks for a hand. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "blocks": [{"text": {"text": "A supervisor could not be told that somebody asks for a hand. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-24T16:30:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:alert:thread:UNKNOWN:2026-11-24:U0DEE000004','U0DEE000004','{"text": "A note could not be shown in (or taken out of) the team channel; it is kept. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "blocks": [{"text": {"text": "A note could not be shown in (or taken out of) the team channel; it is kept. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-24T16:30:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:promise:ff3c4bd7c83606e1:1:due:2026-11-24','U0BEN000002','{"text": "Due now (by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30 UTC>): Call back about the refund", "blocks": [{"text": {"text": "Due now (by <!date^1795537800^{date_short_pretty} {time}|24 November 16:30 UTC>):", "type": "mrkdwn"}, "type": "section"}, {"elements": [{"elements": [{"text": "Call back about the refund", "type": "text"}], "type": "rich_text_quote"}], "type": "rich_text"}, {"elements": [{"action_id": "promise_done", "style": "primary", "text": {"emoji": true, "text": "Done", "type": "plain_text"}, "type": "button", "value": "ff3c4bd7c83606e1"}, {"action_id": "promise_later", "text": {"emoji": true, "text": "Later", "type": "plain_text"}, "type": "button", "value": "ff3c4bd7c83606e1"}, {"action_id": "promise_hand_over", "text": {"emoji": true, "text": "Hand over", "type": "plain_text"}, "type": "button", "value": "ff3c4bd7c83606e1"}], "type": "actions"}]}','2026-11-24T16:30:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:hand_reminder:7bde3373188847c0:U0CAM000003','U0CAM000003','{"text": "A request for a hand is still waiting: nobody has taken it. It is above.", "blocks": [{"text": {"text": "A request for a hand is still waiting: nobody has taken it. It is above.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-24T17:00:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:hand_reminder:7bde3373188847c0:U0BEN000002','U0BEN000002','{"text": "Nobody has taken your request for a hand yet. Your supervisors were reminded. If it cannot wait, call your lead.", "blocks": [{"text": {"text": "Nobody has taken your request for a hand yet. Your supervisors were reminded. If it cannot wait, call your lead.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-24T17:00:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:alert:notice:UNKNOWN:2026-11-24:U0DEE000004','U0DEE000004','{"text": "A reminder of a promise to a customer could not be delivered: whoever made it may be gone. A lead is told once it is overdue, if they allowed that. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "blocks": [{"text": {"text": "A reminder of a promise to a customer could not be delivered: whoever made it may be gone. A lead is told once it is overdue, if they allowed that. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-24T19:00:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:alert:recap:UNKNOWN:2026-11-24:U0DEE000004','U0DEE000004','{"text": "The recap could not be posted; it is kept. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "blocks": [{"text": {"text": "The recap could not be posted; it is kept. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-24T20:30:00.000000+00:00');
INSERT INTO "notices" VALUES('T0MENDWS001','notice:alert:recap:UNKNOWN:2026-11-25:U0DEE000004','U0DEE000004','{"text": "The recap could not be posted; it is kept. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "blocks": [{"text": {"text": "The recap could not be posted; it is kept. Reason: no answer came; it may have been sent (http_500). `/mend doctor` says more.", "type": "mrkdwn"}, "type": "section"}]}','2026-11-25T01:30:00.000000+00:00');
CREATE TABLE phrase_askers (
            phrase integer not null references phrases (id) on delete cascade, person text not null,
            at text not null, primary key (phrase, person)
        ) strict;
INSERT INTO "phrase_askers" VALUES(1,'U0ADA000001','2026-11-17T11:00:00.000000+00:00');
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
INSERT INTO "playbook_changes" VALUES('T0MENDWS001','double-charge','They charged me twice','seen','89c8171d16b6f2799f2251d426805a27a34cb06acbd58fbe6c3902bb90ac4a0e','2026-11-17T10:00:00.000000+00:00');
INSERT INTO "playbook_changes" VALUES('T0MENDWS001','refund-late','Where is my refund?','seen','1c79f166fc76b6302ccf841280d1e412ce1876860e010674ca504cce8fa7ec59','2026-11-17T10:00:00.000000+00:00');
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
            version integer not null default 0, since text not null,
            primary key (workspace, subject)
        ) strict;
INSERT INTO "posts" VALUES('T0MENDWS001','thread:3d730bc0607a7aed','b3ee4b5f495f6f59','C0SUPPORT000','','1794913200.000003',2,'2026-11-17T11:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-17','a8d61081e3f90258','C0SUPPORT000','','1794938400.000000',1,'2026-11-17T18:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-18','dd2e0caad229f2fc','C0SUPPORT000','','1795024800.000000',1,'2026-11-18T18:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-19','cf63a3e99b28aa91','C0SUPPORT000','','1795111200.000000',1,'2026-11-19T18:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-20','6b0aa19fd04c5832','C0SUPPORT000','','1795197600.000000',1,'2026-11-20T18:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','week:C0SUPPORT000:2026-11-16','ea897fa6fcad65a0','C0SUPPORT000','','1795428000.000000',1,'2026-11-23T10:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','thread:d03f57eb71f389f8','11c7547b44730a7e','C0SUPPORT000','','1795527000.000005',2,'2026-11-24T13:30:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-23','100a636e0026dfb2','C0SUPPORT000','','1795527600.000000',1,'2026-11-24T13:40:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','thread:3011e744fcabb62c','21aaec57a215dc82','C0SUPPORT000','','',0,'2026-11-24T14:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','hand:8590ec502305de89:U0CAM000003','bba2245766c1f999','U0CAM000003','','',0,'2026-11-24T14:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:hand_reminder:8590ec502305de89:U0CAM000003','d88bde93ab7c2f9f','U0CAM000003','','',0,'2026-11-24T14:10:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:hand_reminder:8590ec502305de89:U0BEN000002','894daa8aadcb7306','U0BEN000002','','',0,'2026-11-24T14:10:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:promise:ff3c4bd7c83606e1:1:before:2026-11-24','8aa23f937c926f5f','U0BEN000002','','',0,'2026-11-24T16:20:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:alert:hand:UNKNOWN:2026-11-24:U0DEE000004','55396a983280c175','U0DEE000004','','',0,'2026-11-24T16:30:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:alert:thread:UNKNOWN:2026-11-24:U0DEE000004','1771e0711d9adf98','U0DEE000004','','',0,'2026-11-24T16:30:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:promise:ff3c4bd7c83606e1:1:due:2026-11-24','63425d5c385eda64','U0BEN000002','','',0,'2026-11-24T16:30:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','hand:7bde3373188847c0:U0CAM000003','c20935ec2ab385d9','U0CAM000003','','',0,'2026-11-24T16:50:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:hand_reminder:7bde3373188847c0:U0CAM000003','7c51710b6a94c455','U0CAM000003','','',0,'2026-11-24T17:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:hand_reminder:7bde3373188847c0:U0BEN000002','0c32738741731308','U0BEN000002','','',0,'2026-11-24T17:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','recap:C0SUPPORT000:2026-11-24','10c7b8b6a88113db','C0SUPPORT000','','',0,'2026-11-24T18:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:alert:notice:UNKNOWN:2026-11-24:U0DEE000004','05dec7c6088f6f51','U0DEE000004','','',0,'2026-11-24T19:00:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:alert:recap:UNKNOWN:2026-11-24:U0DEE000004','3060f5418b2255c4','U0DEE000004','','',0,'2026-11-24T20:30:00.000000+00:00');
INSERT INTO "posts" VALUES('T0MENDWS001','notice:alert:recap:UNKNOWN:2026-11-25:U0DEE000004','078d707db98cb634','U0DEE000004','','',0,'2026-11-25T01:30:00.000000+00:00');
CREATE TABLE promises (
            id text primary key, workspace text not null,
            entry text not null references entries (id) on delete cascade, owner text not null,
            what text not null, due_at text not null, may_tell_lead integer not null,
            state text not null, version integer not null
        ) strict;
INSERT INTO "promises" VALUES('ff3c4bd7c83606e1','T0MENDWS001','3011e744fcabb62c','U0BEN000002','Call back about the refund','2026-11-24T16:30:00.000000+00:00',1,'open',1);
CREATE TABLE recaps (
            workspace text not null, team text not null, day text not null, content text not null,
            primary key (workspace, team, day)
        ) strict;
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-17','{"workspace": "T0MENDWS001", "team": "C0SUPPORT000", "day": "2026-11-17", "after": "2026-11-16T18:00:00.000000+00:00", "until": "2026-11-17T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "Where is my refund?", "say_first": "We owe you that money, and I''m sorry it''s late. I''ll find out where it is and tell you."}, "thanks": "Thank you for the warm hand-overs: one telling of a story is enough.", "conditions": [], "gaps": [], "waiting": ["billing"], "lesson": ""}');
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-18','{"workspace": "T0MENDWS001", "team": "C0SUPPORT000", "day": "2026-11-18", "after": "2026-11-17T18:00:00.000000+00:00", "until": "2026-11-18T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "They charged me twice", "say_first": "We took your payment twice, and I''m sorry. I''m sorting it out now, and you''ll leave with a date."}, "thanks": "Thank you for taking the pause before the hard reply.", "conditions": [], "gaps": ["billing"], "waiting": ["billing"], "lesson": ""}');
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-19','{"workspace": "T0MENDWS001", "team": "C0SUPPORT000", "day": "2026-11-19", "after": "2026-11-18T18:00:00.000000+00:00", "until": "2026-11-19T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "Where is my refund?", "say_first": "We owe you that money, and I''m sorry it''s late. I''ll find out where it is and tell you."}, "thanks": "Thank you for reading figures back before pressing the button.", "conditions": [], "gaps": ["billing"], "waiting": ["billing"], "lesson": ""}');
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-20','{"workspace": "T0MENDWS001", "team": "C0SUPPORT000", "day": "2026-11-20", "after": "2026-11-19T18:00:00.000000+00:00", "until": "2026-11-20T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "They charged me twice", "say_first": "We took your payment twice, and I''m sorry. I''m sorting it out now, and you''ll leave with a date."}, "thanks": "Thank you for telling the playbook team what agents need next.", "conditions": [], "gaps": ["billing"], "waiting": ["billing"], "lesson": ""}');
INSERT INTO "recaps" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-23','{"workspace": "T0MENDWS001", "team": "C0SUPPORT000", "day": "2026-11-23", "after": "2026-11-20T18:00:00.000000+00:00", "until": "2026-11-23T18:00:00.000000+00:00", "changes": [], "keep_in_mind": {"title": "Where is my refund?", "say_first": "We owe you that money, and I''m sorry it''s late. I''ll find out where it is and tell you."}, "thanks": "Thank you to everyone who wrote a promise down before it could be forgotten.", "conditions": [{"id": "9ce6a79f2e6de714", "workspace": "T0MENDWS001", "team": "C0SUPPORT000", "words": "courier strike", "until": "2026-11-27", "playbook": ""}], "gaps": ["billing"], "waiting": ["billing"], "lesson": ""}');
CREATE TABLE replies (
            entry text not null references entries (id) on delete cascade, ts text not null,
            text text not null, primary key (entry, ts)
        ) strict;
CREATE TABLE revisions (
            id integer primary key, workspace text not null, slug text not null,
            author text not null,     -- empty for what was found on the disk
            at text not null, digest text not null, base text not null, state text not null,
            sources text not null, text text not null
        ) strict;
INSERT INTO "revisions" VALUES(1,'T0MENDWS001','double-charge','','2026-11-17T10:10:00.000000+00:00','a3d260b433e74f36218c074d56dfb1e3c8afbe65821ae4e9322d397b1cfd3636','','file','[]','---
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
INSERT INTO "revisions" VALUES(2,'T0MENDWS001','refund-late','','2026-11-17T10:10:00.000000+00:00','8189553620128d751ab4db4271284746de2a03cf44982211dfddbb17ff32a5f8','','file','[]','---
title: Where is my refund?
summary: We promised money back and it has not arrived.
phrases:
  - refund not received
  - its been 3 weeks no money back
  - returned the shoes still waiting to be paid
  - refund says completed but bank has nothing
  - reimbursement overdue
  - when do i get my deposit
  - refund went to closed card
  - ang tagal ng refund
  - wala pa rin yung pera ko
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
INSERT INTO "suggestion_askers" VALUES('0d26935ef7b813c0','U0ADA000001','2026-11-17T11:00:00.000000+00:00');
CREATE TABLE suggestions (
            id text primary key, workspace text not null, slug text not null, words text not null,
            is_outdated integer not null, verified text, at text not null
        ) strict;
INSERT INTO "suggestions" VALUES('0d26935ef7b813c0','T0MENDWS001','double-charge','the bank takes five days now, not three',0,'2026-11-02','2026-11-17T11:00:00.000000+00:00');
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
INSERT INTO "weeks" VALUES('T0MENDWS001','C0SUPPORT000','2026-11-16','{"workspace": "T0MENDWS001", "team": "C0SUPPORT000", "monday": "2026-11-16", "after": "2026-11-16T00:00:00.000000+00:00", "until": "2026-11-23T00:00:00.000000+00:00", "factors": [], "problems": [], "helped": [], "causes": [], "gaps": [], "learned": ""}');
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
COMMIT;
