-- A study of format 1, as the program of that time wrote it: tests/store/test_migration.py opens it.
PRAGMA application_id=1229801521;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE coders (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "coders" VALUES('cara','');
CREATE TABLE dyads (
	id VARCHAR NOT NULL, 
	child_id VARCHAR NOT NULL, 
	site_id VARCHAR NOT NULL, 
	"group" VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE edits (
	observation INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	cause VARCHAR NOT NULL, 
	gesture VARCHAR NOT NULL, 
	steps TEXT NOT NULL, 
	coder_id VARCHAR NOT NULL, 
	at_utc VARCHAR NOT NULL, 
	program VARCHAR NOT NULL, 
	chain VARCHAR NOT NULL, 
	PRIMARY KEY (observation, n), 
	FOREIGN KEY(observation) REFERENCES observations (number)
)
 WITHOUT ROWID

;
INSERT INTO "edits" VALUES(1,1,'do','press','[[null,{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_us":null,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.517+00:00','0.1.0','78f1d13f0ebf2b14c04542822702e09f01ff2c0dcd4ba4cf13bbbd65f66f5196');
INSERT INTO "edits" VALUES(1,2,'do','set-offset','[[{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_us":null,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_frame":757,"offset_us":30280000,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.534+00:00','0.1.0','430442f76aa31c1e6f0c215cc271530a2a5d21ba590e0de69e9826f4eaebaf7e');
INSERT INTO "edits" VALUES(1,3,'undo','set-offset','[[{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_frame":757,"offset_us":30280000,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_us":null,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.546+00:00','0.1.0','d53160c1091c647beb4ac4974070a055a5ac928f726bd335110441efe0968df6');
INSERT INTO "edits" VALUES(1,4,'do','press','[[null,{"code":"smile","id":"5500fe6d671d44aaa107f791d44861c7","modifiers":[["clarity",["clear"]]],"offset_us":49600000,"onset_frame":1240,"onset_us":49600000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T18:18:17.557+00:00','0.1.0','447c9ecbc3471c5ca2071d78933f730cd06dc304b7e7d01446ce186b401f71d3');
INSERT INTO "edits" VALUES(1,5,'do','press','[[null,{"code":"hold","id":"b9213d81f9a547c1a812068af393bfb7","offset_us":null,"onset_frame":963,"onset_us":38520000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T18:18:17.569+00:00','0.1.0','ab0f544e65fad04086c24a37d3410dde0c8a81bb7e66383947292b575400b1fc');
INSERT INTO "edits" VALUES(1,6,'do','press','[[null,{"code":"smile","id":"cb3c807c92f54885807a882931b7822a","modifiers":[["clarity",["clear"]]],"offset_us":39000000,"onset_frame":975,"onset_us":39000000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T18:18:17.581+00:00','0.1.0','ac2c8bc689ebce0c76540c1713853cb141da691a6f594b2c2811ed4e46fe0598');
INSERT INTO "edits" VALUES(1,7,'do','press','[[null,{"code":"out_of_step","id":"f39afcd818f547f3908fdc839fda3823","offset_us":19480000,"onset_frame":308,"onset_us":12320000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.595+00:00','0.1.0','e8fc40dc969d20051b25cee9ff45fea42872015f387b09f5a972134e6e5b91e2');
INSERT INTO "edits" VALUES(1,8,'do','set-offset','[[{"code":"smile","id":"5500fe6d671d44aaa107f791d44861c7","modifiers":[["clarity",["clear"]]],"offset_us":49600000,"onset_frame":1240,"onset_us":49600000,"recording":"cam","track":"infant_bid"},{"code":"smile","id":"5500fe6d671d44aaa107f791d44861c7","modifiers":[["clarity",["clear"]]],"offset_frame":1777,"offset_us":71080000,"onset_frame":1240,"onset_us":49600000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T18:18:17.613+00:00','0.1.0','9c953d02993ea521bb29e41675e621e0e6c0e23c7c1dfc8c2308e553b4f7de1f');
INSERT INTO "edits" VALUES(1,9,'do','press','[[null,{"code":"smile","id":"36e5db93a55c42eab0db49e31ec65084","modifiers":[["clarity",["clear"]]],"offset_us":60720000,"onset_frame":1518,"onset_us":60720000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T18:18:17.625+00:00','0.1.0','0a91b18fb65f979195d028e733051689ea610ba7b4db84a3c83c2d8bc4471c7a');
INSERT INTO "edits" VALUES(1,10,'do','press','[[null,{"code":"hold","id":"fcac70bc557144988dc70ce869e02cb3","offset_us":38520000,"onset_frame":131,"onset_us":5240000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T18:18:17.641+00:00','0.1.0','69934d5c331bb4fade98d1c013a26c3f50c1a160a582fb57b2cf59b3ac2c3525');
INSERT INTO "edits" VALUES(1,11,'do','press','[[null,{"code":"attuned","id":"b6584c417db844ff8dc85fe6bd1959d9","offset_us":12320000,"onset_frame":87,"onset_us":3480000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.657+00:00','0.1.0','b1d57071d31e0615bfaf83a64e03e8667396573f470e0dce7c0358a64d2521db');
INSERT INTO "edits" VALUES(1,12,'do','set-onset','[[{"code":"hold","id":"b9213d81f9a547c1a812068af393bfb7","offset_us":null,"onset_frame":963,"onset_us":38520000,"recording":"cam","track":"touch"},{"code":"hold","id":"b9213d81f9a547c1a812068af393bfb7","offset_us":null,"onset_frame":1686,"onset_us":67440000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T18:18:17.672+00:00','0.1.0','d7f0705ea49027a46961a16a7e714fee182d773105c1354492a534b4f588fc08');
INSERT INTO "edits" VALUES(1,13,'do','comment','[[{"code":"hold","id":"fcac70bc557144988dc70ce869e02cb3","offset_us":38520000,"onset_frame":131,"onset_us":5240000,"recording":"cam","track":"touch"},{"code":"hold","comment":"a,b;c|{d}","id":"fcac70bc557144988dc70ce869e02cb3","offset_us":38520000,"onset_frame":131,"onset_us":5240000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T18:18:17.684+00:00','0.1.0','e02002c6e50883371b74f3a7aef7b7a65372aa73b8712f8952a3490b828c9352');
INSERT INTO "edits" VALUES(1,14,'do','comment','[[{"code":"hold","id":"b9213d81f9a547c1a812068af393bfb7","offset_us":null,"onset_frame":1686,"onset_us":67440000,"recording":"cam","track":"touch"},{"code":"hold","comment":"“quoted” ''text''","id":"b9213d81f9a547c1a812068af393bfb7","offset_us":null,"onset_frame":1686,"onset_us":67440000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T18:18:17.701+00:00','0.1.0','2aee91bc6d7d84fac75946b6254097a521bdeda2e84eb4c51d9a8e64f9aa3de9');
INSERT INTO "edits" VALUES(1,15,'do','press','[[{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_us":null,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_frame":1799,"offset_us":71960000,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"}],[null,{"code":"attuned","id":"7c0e83ea273b4a1a9cafd3ca4d431f2c","offset_us":null,"onset_frame":1799,"onset_us":71960000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.713+00:00','0.1.0','52cdbb327225ce271455930a4f9f853e1e9bce72e78904daa0b30309534ee9c8');
INSERT INTO "edits" VALUES(1,16,'do','press','[[{"code":"attuned","id":"b6584c417db844ff8dc85fe6bd1959d9","offset_us":12320000,"onset_frame":87,"onset_us":3480000,"recording":"cam","track":"dyad_state"},{"code":"attuned","id":"b6584c417db844ff8dc85fe6bd1959d9","offset_frame":278,"offset_us":11120000,"onset_frame":87,"onset_us":3480000,"recording":"cam","track":"dyad_state"}],[null,{"code":"uncodable","id":"bd37a02e5b9e4ead8d729e1fe1dd85c9","offset_us":12320000,"onset_frame":278,"onset_us":11120000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.729+00:00','0.1.0','522afd582e800917f32c9fcda5052c6b2958c83f6b447ee4fd7f2434d467354b');
INSERT INTO "edits" VALUES(1,17,'undo','press','[[{"code":"uncodable","id":"bd37a02e5b9e4ead8d729e1fe1dd85c9","offset_us":12320000,"onset_frame":278,"onset_us":11120000,"recording":"cam","track":"dyad_state"},null],[{"code":"attuned","id":"b6584c417db844ff8dc85fe6bd1959d9","offset_frame":278,"offset_us":11120000,"onset_frame":87,"onset_us":3480000,"recording":"cam","track":"dyad_state"},{"code":"attuned","id":"b6584c417db844ff8dc85fe6bd1959d9","offset_us":12320000,"onset_frame":87,"onset_us":3480000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.737+00:00','0.1.0','05661492c20d993b2a86f47220858affd51cf437009700028b5a87e10f85514b');
INSERT INTO "edits" VALUES(1,18,'do','press','[[null,{"code":"smile","id":"c8b01fc92ea24a09839d66d7f0ff3828","modifiers":[["clarity",["clear"]]],"offset_us":24640000,"onset_frame":616,"onset_us":24640000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T18:18:17.749+00:00','0.1.0','288518c5baa992956f9e9c5e42560446d30161059cc8643525b8099f573f97e4');
INSERT INTO "edits" VALUES(1,19,'undo','press','[[{"code":"smile","id":"c8b01fc92ea24a09839d66d7f0ff3828","modifiers":[["clarity",["clear"]]],"offset_us":24640000,"onset_frame":616,"onset_us":24640000,"recording":"cam","track":"infant_bid"},null]]','cara','2026-11-22T18:18:17.765+00:00','0.1.0','b32fd4265c2058fc692a9f18c40a888fcb961ec23c73c76072b289ec3b5e3fa3');
INSERT INTO "edits" VALUES(1,20,'undo','press','[[{"code":"attuned","id":"7c0e83ea273b4a1a9cafd3ca4d431f2c","offset_us":null,"onset_frame":1799,"onset_us":71960000,"recording":"cam","track":"dyad_state"},null],[{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_frame":1799,"offset_us":71960000,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_us":null,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.777+00:00','0.1.0','0b640818afa6c1576a29c64b9ef1ab2f877dad2fc06555f469a76d38d4d58448');
INSERT INTO "edits" VALUES(1,21,'do','press','[[{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_us":null,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"04c62d81320a4e94931f4812d17be521","offset_frame":1196,"offset_us":47840000,"onset_frame":487,"onset_us":19480000,"recording":"cam","track":"dyad_state"}],[null,{"code":"uncodable","id":"4ae26bfbf5f84d6f8d2fafad673b5eab","offset_us":null,"onset_frame":1196,"onset_us":47840000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T18:18:17.797+00:00','0.1.0','b10bd1da677b8238773cc1c846f12a7910e9011b9facde560d2de16f6fee3ed3');
CREATE TABLE events (
	observation INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	track VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	onset_us BIGINT NOT NULL, 
	offset_us BIGINT, 
	onset_frame INTEGER, 
	offset_frame INTEGER, 
	recording VARCHAR NOT NULL, 
	modifiers TEXT NOT NULL, 
	links TEXT NOT NULL, 
	pass_id VARCHAR NOT NULL, 
	comment TEXT NOT NULL, 
	PRIMARY KEY (observation, id), 
	FOREIGN KEY(observation) REFERENCES observations (number)
)
 WITHOUT ROWID

;
INSERT INTO "events" VALUES(1,'04c62d81320a4e94931f4812d17be521','dyad_state','out_of_step',19480000,47840000,487,1196,'cam','','','','');
INSERT INTO "events" VALUES(1,'36e5db93a55c42eab0db49e31ec65084','infant_bid','smile',60720000,60720000,1518,NULL,'cam','[["clarity",["clear"]]]','','','');
INSERT INTO "events" VALUES(1,'4ae26bfbf5f84d6f8d2fafad673b5eab','dyad_state','uncodable',47840000,NULL,1196,NULL,'cam','','','','');
INSERT INTO "events" VALUES(1,'5500fe6d671d44aaa107f791d44861c7','infant_bid','smile',49600000,71080000,1240,1777,'cam','[["clarity",["clear"]]]','','','');
INSERT INTO "events" VALUES(1,'b6584c417db844ff8dc85fe6bd1959d9','dyad_state','attuned',3480000,12320000,87,NULL,'cam','','','','');
INSERT INTO "events" VALUES(1,'b9213d81f9a547c1a812068af393bfb7','touch','hold',67440000,NULL,1686,NULL,'cam','','','','“quoted” ''text''');
INSERT INTO "events" VALUES(1,'cb3c807c92f54885807a882931b7822a','infant_bid','smile',39000000,39000000,975,NULL,'cam','[["clarity",["clear"]]]','','','');
INSERT INTO "events" VALUES(1,'f39afcd818f547f3908fdc839fda3823','dyad_state','out_of_step',12320000,19480000,308,NULL,'cam','','','','');
INSERT INTO "events" VALUES(1,'fcac70bc557144988dc70ce869e02cb3','touch','hold',5240000,38520000,131,NULL,'cam','','','','a,b;c|{d}');
CREATE TABLE meta (
	"key" VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('study_id','6c0b222fe03d44dc82b6a132b9ae9608');
INSERT INTO "meta" VALUES('made_by','imhcode 0.1.0');
CREATE TABLE observations (
	number INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	coder_id VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	scheme_hash VARCHAR NOT NULL, 
	coded_from_us BIGINT, 
	coded_until_us BIGINT, 
	PRIMARY KEY (number), 
	UNIQUE (session_id, coder_id, role, scheme_hash), 
	UNIQUE (id), 
	FOREIGN KEY(session_id) REFERENCES sessions (id), 
	FOREIGN KEY(coder_id) REFERENCES coders (id), 
	FOREIGN KEY(scheme_hash) REFERENCES schemes (hash)
);
INSERT INTO "observations" VALUES(1,'obs','visit 1','cara','primary','draft','small-1',NULL,NULL);
CREATE TABLE recordings (
	id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	offset_us BIGINT NOT NULL, 
	frames INTEGER NOT NULL, 
	end_us BIGINT NOT NULL, 
	fps VARCHAR NOT NULL, 
	variable_frame_rate BOOLEAN NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	quick_hash VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES sessions (id)
);
CREATE TABLE schemes (
	hash VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	version VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (hash)
);
INSERT INTO "schemes" VALUES('small-1','small','1.0.0','A small scheme','{}');
CREATE TABLE sessions (
	id VARCHAR NOT NULL, 
	dyad_id VARCHAR NOT NULL, 
	visit VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	child_age_months FLOAT, 
	child_age_corrected_months FLOAT, 
	PRIMARY KEY (id)
);
INSERT INTO "sessions" VALUES('visit 1','','','',NULL,NULL);
CREATE TABLE study_edits (
	n INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	entry_id VARCHAR NOT NULL, 
	cause VARCHAR NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	coder_id VARCHAR NOT NULL, 
	at_utc VARCHAR NOT NULL, 
	program VARCHAR NOT NULL, 
	chain VARCHAR NOT NULL, 
	PRIMARY KEY (n)
);
CREATE TRIGGER edits_are_never_changed BEFORE UPDATE ON edits BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END;
CREATE TRIGGER edits_are_never_deleted BEFORE DELETE ON edits BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END;
CREATE TRIGGER study_edits_are_never_changed BEFORE UPDATE ON study_edits BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END;
CREATE TRIGGER study_edits_are_never_deleted BEFORE DELETE ON study_edits BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END;
COMMIT;
