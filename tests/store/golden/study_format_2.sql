-- A study of format 2, as the program of that time wrote it: tests/store/test_migration.py opens it.
PRAGMA application_id=1229801521;
PRAGMA user_version=2;
BEGIN TRANSACTION;
CREATE TABLE coders (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "coders" VALUES('cara','','coder');
CREATE TABLE dyads (
	id VARCHAR NOT NULL, 
	child_id VARCHAR NOT NULL, 
	site_id VARCHAR NOT NULL, 
	"group" VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "dyads" VALUES('D1','','','');
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
INSERT INTO "edits" VALUES(1,1,'do','press','[[null,{"code":"stroke","id":"6258cddbfb064e7591de75605e471d2c","offset_us":null,"onset_frame":663,"onset_us":26520000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.150+00:00','0.1.0','662b74d11d2b029d0ea6d334ba15c656f14fb4c725a91136e78358630fd61a08');
INSERT INTO "edits" VALUES(1,2,'do','press','[[null,{"code":"smile","id":"dcd2412634374611878c4b990607bec2","modifiers":[["clarity",["clear"]]],"offset_us":53320000,"onset_frame":1333,"onset_us":53320000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T21:22:40.153+00:00','0.1.0','a05ae02d58fd397250b9ecc0c10770f481ba4523916a2807f9ce1cf408373879');
INSERT INTO "edits" VALUES(1,3,'do','press','[[null,{"code":"hold","id":"b6d9afa8b0ed4725a9b3c714a5dda548","offset_us":null,"onset_frame":1097,"onset_us":43880000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.155+00:00','0.1.0','513975d325ab47cff437fd3ea4e9e9743956c49a90748cc1e140a02742c26960');
INSERT INTO "edits" VALUES(1,4,'do','press','[[null,{"code":"stroke","id":"fafb8b47cb8a4cf68543a67c9462d876","offset_us":26520000,"onset_frame":76,"onset_us":3040000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.156+00:00','0.1.0','d185eb8fd3ba32434d0144074e0ed6403510d547c0b96e7f740240db02ad02fd');
INSERT INTO "edits" VALUES(1,5,'do','press','[[null,{"code":"hold","id":"fe604330227c4ec499838311f9eb52c0","offset_us":43880000,"onset_frame":143,"onset_us":5720000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.157+00:00','0.1.0','a59538876e6bd3ec20c22c6c55fe2787c65a71f48348f3805bb1e0f679358d4b');
INSERT INTO "edits" VALUES(1,6,'do','press','[[{"code":"hold","id":"fe604330227c4ec499838311f9eb52c0","offset_us":43880000,"onset_frame":143,"onset_us":5720000,"recording":"cam","track":"touch"},{"code":"hold","id":"fe604330227c4ec499838311f9eb52c0","offset_frame":869,"offset_us":34760000,"onset_frame":143,"onset_us":5720000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.158+00:00','0.1.0','98395ee293d6f15767be02d28972d240cba9c19e4839575a1b875dbaf50d023a');
INSERT INTO "edits" VALUES(1,7,'do','press','[[{"code":"hold","id":"b6d9afa8b0ed4725a9b3c714a5dda548","offset_us":null,"onset_frame":1097,"onset_us":43880000,"recording":"cam","track":"touch"},{"code":"hold","id":"b6d9afa8b0ed4725a9b3c714a5dda548","offset_frame":1940,"offset_us":77600000,"onset_frame":1097,"onset_us":43880000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.159+00:00','0.1.0','b8e05a0eea28210253ca1c1fdb5cd39d6d91dd1928c612abb9b6abb0e2ff4b33');
INSERT INTO "edits" VALUES(1,8,'do','press','[[null,{"code":"out_of_step","id":"a51fd5b5bbf4469e90d81fb9ed95b84a","offset_us":null,"onset_frame":812,"onset_us":32480000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T21:22:40.160+00:00','0.1.0','c6add633e8f35d5808a104c02fd96cbf04ac32b123be85d8152f2f85bd109ff5');
INSERT INTO "edits" VALUES(1,9,'undo','press','[[{"code":"out_of_step","id":"a51fd5b5bbf4469e90d81fb9ed95b84a","offset_us":null,"onset_frame":812,"onset_us":32480000,"recording":"cam","track":"dyad_state"},null]]','cara','2026-11-22T21:22:40.162+00:00','0.1.0','9a7e467251b318cc93488121c19e4006b6c3abb1fdb53992fce28edc53a790cc');
INSERT INTO "edits" VALUES(1,10,'do','press','[[null,{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_us":null,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T21:22:40.164+00:00','0.1.0','5643ec9c597d36dcfd21c808efb7db310c95d58fa9dbbd2ad556bbcd07faba35');
INSERT INTO "edits" VALUES(1,11,'do','press','[[{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_us":null,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_frame":1107,"offset_us":44280000,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"}],[null,{"code":"uncodable","id":"01dfa862988c459b852cc9fc1ec3beca","offset_us":null,"onset_frame":1107,"onset_us":44280000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T21:22:40.165+00:00','0.1.0','9a2c9452d1193ce54ebe9463c608a61a9e3272088ef9b42046948f4839c191ca');
INSERT INTO "edits" VALUES(1,12,'do','delete','[[{"code":"hold","id":"fe604330227c4ec499838311f9eb52c0","offset_frame":869,"offset_us":34760000,"onset_frame":143,"onset_us":5720000,"recording":"cam","track":"touch"},null],[{"code":"stroke","id":"fafb8b47cb8a4cf68543a67c9462d876","offset_us":26520000,"onset_frame":76,"onset_us":3040000,"recording":"cam","track":"touch"},null],[{"code":"smile","id":"dcd2412634374611878c4b990607bec2","modifiers":[["clarity",["clear"]]],"offset_us":53320000,"onset_frame":1333,"onset_us":53320000,"recording":"cam","track":"infant_bid"},null]]','cara','2026-11-22T21:22:40.166+00:00','0.1.0','38ed7dfc59649e945943b11035bd5591b5f578cd072bea9d27bae5a17bb62764');
INSERT INTO "edits" VALUES(1,13,'undo','delete','[[null,{"code":"smile","id":"dcd2412634374611878c4b990607bec2","modifiers":[["clarity",["clear"]]],"offset_us":53320000,"onset_frame":1333,"onset_us":53320000,"recording":"cam","track":"infant_bid"}],[null,{"code":"stroke","id":"fafb8b47cb8a4cf68543a67c9462d876","offset_us":26520000,"onset_frame":76,"onset_us":3040000,"recording":"cam","track":"touch"}],[null,{"code":"hold","id":"fe604330227c4ec499838311f9eb52c0","offset_frame":869,"offset_us":34760000,"onset_frame":143,"onset_us":5720000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.168+00:00','0.1.0','01cb6f9d2a4777349cfaf3682a121d7081b3d911bcb22614bcf89dcf47de27db');
INSERT INTO "edits" VALUES(1,14,'do','press','[[null,{"code":"look","id":"26462d8178144e899f027f804c4a9612","modifiers":[["clarity",["clear"]]],"offset_us":30480000,"onset_frame":762,"onset_us":30480000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T21:22:40.169+00:00','0.1.0','bc1a9e436b7bc2d272afb240fcf25bd34d7187a56000faa1e332d7c7180952ab');
INSERT INTO "edits" VALUES(1,15,'undo','press','[[{"code":"look","id":"26462d8178144e899f027f804c4a9612","modifiers":[["clarity",["clear"]]],"offset_us":30480000,"onset_frame":762,"onset_us":30480000,"recording":"cam","track":"infant_bid"},null]]','cara','2026-11-22T21:22:40.171+00:00','0.1.0','32b4c38be817ba48bdf1c785d215c24f8b5282c6ee9b13aa6112e4103d3e8739');
INSERT INTO "edits" VALUES(1,16,'do','press','[[null,{"code":"look","id":"5dd969d44b57494eab745e2d80500d82","modifiers":[["clarity",["clear"]]],"offset_us":50680000,"onset_frame":1267,"onset_us":50680000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T21:22:40.172+00:00','0.1.0','a62b9fd2ae239c12c4b9b6bb4949d5d0115a834a96a50a9e15fdd2e997d7c94a');
INSERT INTO "edits" VALUES(1,17,'do','press','[[{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_frame":1107,"offset_us":44280000,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_frame":1088,"offset_us":43520000,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"}],[null,{"code":"uncodable","id":"752d80b62bf141f7bf8fbb4382558895","offset_frame":1107,"offset_us":44280000,"onset_frame":1088,"onset_us":43520000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T21:22:40.174+00:00','0.1.0','318dc30391a9b4a432ed8c5bf23508698396ac789333e8a0da71a027dcec844e');
INSERT INTO "edits" VALUES(1,18,'undo','press','[[{"code":"uncodable","id":"752d80b62bf141f7bf8fbb4382558895","offset_frame":1107,"offset_us":44280000,"onset_frame":1088,"onset_us":43520000,"recording":"cam","track":"dyad_state"},null],[{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_frame":1088,"offset_us":43520000,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_frame":1107,"offset_us":44280000,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T21:22:40.176+00:00','0.1.0','60d35c7f78229b56f7b8dcaa4f708352279ead6d4bb262caae8a62788e4828e6');
INSERT INTO "edits" VALUES(1,19,'do','press','[[null,{"code":"smile","id":"79ae36d73a3e46eda587500774343966","modifiers":[["clarity",["clear"]]],"offset_us":65040000,"onset_frame":1626,"onset_us":65040000,"recording":"cam","track":"infant_bid"}]]','cara','2026-11-22T21:22:40.177+00:00','0.1.0','b538f371289c21b82687a39c504cd3093a670796878c235042af36c274db26e2');
INSERT INTO "edits" VALUES(1,20,'do','press','[[{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_frame":1107,"offset_us":44280000,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"},{"code":"out_of_step","id":"ff7b32b28dd9444f914aab9e435b85c4","offset_frame":499,"offset_us":19960000,"onset_frame":272,"onset_us":10880000,"recording":"cam","track":"dyad_state"}],[null,{"code":"uncodable","id":"79272c33841748a79bc1abe144630847","offset_frame":1107,"offset_us":44280000,"onset_frame":499,"onset_us":19960000,"recording":"cam","track":"dyad_state"}]]','cara','2026-11-22T21:22:40.179+00:00','0.1.0','0cbfdc1b239bd67ab5363d21dfe8eabc8634e5fbc96cc97d1946945320c1436c');
INSERT INTO "edits" VALUES(1,21,'do','press','[[{"code":"hold","id":"b6d9afa8b0ed4725a9b3c714a5dda548","offset_frame":1940,"offset_us":77600000,"onset_frame":1097,"onset_us":43880000,"recording":"cam","track":"touch"},{"code":"hold","id":"b6d9afa8b0ed4725a9b3c714a5dda548","offset_frame":1493,"offset_us":59720000,"onset_frame":1097,"onset_us":43880000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.180+00:00','0.1.0','451f267413b2734f215e9f17ada03825031c3b243993d2d1485f509de85bd8c5');
INSERT INTO "edits" VALUES(1,22,'do','press','[[{"code":"stroke","id":"fafb8b47cb8a4cf68543a67c9462d876","offset_us":26520000,"onset_frame":76,"onset_us":3040000,"recording":"cam","track":"touch"},{"code":"stroke","id":"fafb8b47cb8a4cf68543a67c9462d876","offset_frame":149,"offset_us":5960000,"onset_frame":76,"onset_us":3040000,"recording":"cam","track":"touch"}]]','cara','2026-11-22T21:22:40.182+00:00','0.1.0','64ce8dac513c2da0e00b213307db56d5912cfb5121b560bf13b850a537926fdf');
CREATE TABLE episodes (
	id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	onset_us BIGINT NOT NULL, 
	offset_us BIGINT, 
	end_reason VARCHAR NOT NULL, 
	excluded BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES sessions (id)
);
INSERT INTO "episodes" VALUES('1f014f802c7948da868fe5d3a7a67d22','visit 1','play','',0,2000000,'',0);
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
	instance VARCHAR NOT NULL, 
	transcript TEXT NOT NULL, 
	onset_reviewed BOOLEAN NOT NULL, 
	offset_reviewed BOOLEAN NOT NULL, 
	flagged BOOLEAN NOT NULL, 
	PRIMARY KEY (observation, id), 
	FOREIGN KEY(observation) REFERENCES observations (number)
)
 WITHOUT ROWID

;
INSERT INTO "events" VALUES(1,'01dfa862988c459b852cc9fc1ec3beca','dyad_state','uncodable',44280000,NULL,1107,NULL,'cam','','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'5dd969d44b57494eab745e2d80500d82','infant_bid','look',50680000,50680000,1267,NULL,'cam','[["clarity",["clear"]]]','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'6258cddbfb064e7591de75605e471d2c','touch','stroke',26520000,NULL,663,NULL,'cam','','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'79272c33841748a79bc1abe144630847','dyad_state','uncodable',19960000,44280000,499,1107,'cam','','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'79ae36d73a3e46eda587500774343966','infant_bid','smile',65040000,65040000,1626,NULL,'cam','[["clarity",["clear"]]]','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'b6d9afa8b0ed4725a9b3c714a5dda548','touch','hold',43880000,59720000,1097,1493,'cam','','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'dcd2412634374611878c4b990607bec2','infant_bid','smile',53320000,53320000,1333,NULL,'cam','[["clarity",["clear"]]]','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'fafb8b47cb8a4cf68543a67c9462d876','touch','stroke',3040000,5960000,76,149,'cam','','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'fe604330227c4ec499838311f9eb52c0','touch','hold',5720000,34760000,143,869,'cam','','','','','','',0,0,0);
INSERT INTO "events" VALUES(1,'ff7b32b28dd9444f914aab9e435b85c4','dyad_state','out_of_step',10880000,19960000,272,499,'cam','','','','','','',0,0,0);
CREATE TABLE meta (
	"key" VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('study_id','205ec23cfc874012bc0b859b3757a9ab');
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
CREATE TABLE ratings (
	observation INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	scale VARCHAR NOT NULL, 
	episode VARCHAR NOT NULL, 
	value FLOAT, 
	na_reason TEXT NOT NULL, 
	confidence VARCHAR NOT NULL, 
	evidence TEXT NOT NULL, 
	comment TEXT NOT NULL, 
	PRIMARY KEY (observation, id), 
	FOREIGN KEY(observation) REFERENCES observations (number)
)
 WITHOUT ROWID

;
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
	interval_us BIGINT NOT NULL, 
	deinterlaced BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES sessions (id)
);
INSERT INTO "recordings" VALUES('cam','visit 1','cam.mp4',480000,100,4000000,'',0,'','',0,1);
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
INSERT INTO "study_edits" VALUES(1,'recording','cam','do','{"offset_us":0}','{"offset_us":480000}','cara','2026-11-22T21:22:40.186+00:00','0.1.0','7c9b2aab866097d66b55f1391ea11410331b5f643c418f112eb8b7c485d1095c');
INSERT INTO "study_edits" VALUES(2,'recording','cam','do','{"offset_us":480000}','{"offset_us":520000}','cara','2026-11-22T21:22:40.189+00:00','0.1.0','3b46766caec6bff80a8b483e4f41a50e766703e0af30347bad768e11892e894a');
INSERT INTO "study_edits" VALUES(3,'recording','cam','undo','{"offset_us":520000}','{"offset_us":480000}','cara','2026-11-22T21:22:40.191+00:00','0.1.0','84f33a93fdc6933a2e32d8a90259a4acc275e27822be2843637742d23e465217');
INSERT INTO "study_edits" VALUES(4,'episodes','visit 1','do','{}','{"1f014f802c7948da868fe5d3a7a67d22":{"end_reason":"","excluded":false,"id":"1f014f802c7948da868fe5d3a7a67d22","kind":"play","label":"","offset_us":null,"onset_us":0,"session_id":"visit 1"}}','cara','2026-11-22T21:22:40.194+00:00','0.1.0','276cd87619210017258656ea00ae8552df017030519e3c917a3f85edef56fdf6');
INSERT INTO "study_edits" VALUES(5,'episodes','visit 1','do','{"1f014f802c7948da868fe5d3a7a67d22":{"end_reason":"","excluded":false,"id":"1f014f802c7948da868fe5d3a7a67d22","kind":"play","label":"","offset_us":null,"onset_us":0,"session_id":"visit 1"}}','{"1f014f802c7948da868fe5d3a7a67d22":{"end_reason":"","excluded":false,"id":"1f014f802c7948da868fe5d3a7a67d22","kind":"play","label":"","offset_us":2000000,"onset_us":0,"session_id":"visit 1"}}','cara','2026-11-22T21:22:40.197+00:00','0.1.0','6830af8c9776cba5785164dad6335c090568f3f88d71ae1d14fa3a5cf687719d');
CREATE TRIGGER edits_are_never_changed BEFORE UPDATE ON edits BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END;
CREATE TRIGGER edits_are_never_deleted BEFORE DELETE ON edits BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END;
CREATE TRIGGER study_edits_are_never_changed BEFORE UPDATE ON study_edits BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END;
CREATE TRIGGER study_edits_are_never_deleted BEFORE DELETE ON study_edits BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END;
COMMIT;
