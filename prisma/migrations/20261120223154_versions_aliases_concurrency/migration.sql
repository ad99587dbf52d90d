-- CreateTable
CREATE TABLE "Alias" (
    "functionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "functionVersion" INTEGER NOT NULL,
    "additionalVersion" INTEGER,
    "additionalWeight" REAL,
    "revisionId" TEXT NOT NULL,

    PRIMARY KEY ("functionId", "name"),
    CONSTRAINT "Alias_functionId_fkey" FOREIGN KEY ("functionId") REFERENCES "Function" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FunctionUrl" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "functionId" TEXT NOT NULL,
    "aliasName" TEXT,
    "authType" TEXT NOT NULL,
    "invokeMode" TEXT NOT NULL,
    "cors" TEXT,
    "creationTime" DATETIME NOT NULL,
    "lastModifiedTime" DATETIME NOT NULL,
    CONSTRAINT "FunctionUrl_functionId_fkey" FOREIGN KEY ("functionId") REFERENCES "Function" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "FunctionUrl_functionId_aliasName_fkey" FOREIGN KEY ("functionId", "aliasName") REFERENCES "Alias" ("functionId", "name") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Function" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "runtime" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "memorySize" INTEGER NOT NULL,
    "timeout" INTEGER NOT NULL,
    "ephemeralStorageSize" INTEGER NOT NULL,
    "architecture" TEXT NOT NULL,
    "environment" TEXT,
    "tags" TEXT NOT NULL,
    "layers" TEXT NOT NULL DEFAULT '[]',
    "codeSha256" TEXT NOT NULL,
    "codeSize" BIGINT NOT NULL,
    "codeUnzippedSize" BIGINT NOT NULL,
    "codeFileCount" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "stateReason" TEXT,
    "stateReasonCode" TEXT,
    "lastUpdateStatus" TEXT,
    "lastUpdateStatusReason" TEXT,
    "lastUpdateStatusReasonCode" TEXT,
    "revisionId" TEXT NOT NULL,
    "lastModified" DATETIME NOT NULL,
    "lastVersion" INTEGER NOT NULL DEFAULT 0,
    "publishedConfigSha256" TEXT,
    "reservedConcurrency" INTEGER
);
INSERT INTO "new_Function" ("accountId", "architecture", "codeFileCount", "codeSha256", "codeSize", "codeUnzippedSize", "description", "environment", "ephemeralStorageSize", "handler", "id", "lastModified", "lastUpdateStatus", "lastUpdateStatusReason", "lastUpdateStatusReasonCode", "layers", "memorySize", "name", "region", "revisionId", "role", "runtime", "state", "stateReason", "stateReasonCode", "tags", "timeout") SELECT "accountId", "architecture", "codeFileCount", "codeSha256", "codeSize", "codeUnzippedSize", "description", "environment", "ephemeralStorageSize", "handler", "id", "lastModified", "lastUpdateStatus", "lastUpdateStatusReason", "lastUpdateStatusReasonCode", "layers", "memorySize", "name", "region", "revisionId", "role", "runtime", "state", "stateReason", "stateReasonCode", "tags", "timeout" FROM "Function";
DROP TABLE "Function";
ALTER TABLE "new_Function" RENAME TO "Function";
CREATE INDEX "Function_accountId_region_version_name_idx" ON "Function"("accountId", "region", "version", "name");
CREATE INDEX "Function_codeSha256_idx" ON "Function"("codeSha256");
CREATE UNIQUE INDEX "Function_accountId_region_name_version_key" ON "Function"("accountId", "region", "name", "version");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "FunctionUrl_functionId_aliasName_key" ON "FunctionUrl"("functionId", "aliasName");
