-- CreateTable
CREATE TABLE "LayerVersion" (
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "description" TEXT NOT NULL,
    "licenseInfo" TEXT,
    "compatibleRuntimes" TEXT NOT NULL,
    "compatibleArchitectures" TEXT NOT NULL,
    "codeSha256" TEXT NOT NULL,
    "codeSize" BIGINT NOT NULL,
    "codeUnzippedSize" BIGINT NOT NULL,
    "codeFileCount" INTEGER NOT NULL,
    "deleted" BOOLEAN NOT NULL,
    "createdDate" DATETIME NOT NULL,

    PRIMARY KEY ("accountId", "region", "name", "version")
);

-- CreateTable
CREATE TABLE "ResourcePolicy" (
    "resource" TEXT NOT NULL,
    "qualifier" TEXT NOT NULL,
    "statements" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,

    PRIMARY KEY ("resource", "qualifier")
);

-- CreateTable
CREATE TABLE "AwsAccount" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Role" (
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "description" TEXT,
    "assumeRolePolicyDocument" TEXT NOT NULL,
    "maxSessionDuration" INTEGER NOT NULL,
    "tags" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("accountId", "name")
);

-- CreateTable
CREATE TABLE "RolePolicy" (
    "accountId" TEXT NOT NULL,
    "roleName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "document" TEXT NOT NULL,

    PRIMARY KEY ("accountId", "roleName", "name"),
    CONSTRAINT "RolePolicy_accountId_roleName_fkey" FOREIGN KEY ("accountId", "roleName") REFERENCES "Role" ("accountId", "name") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AttachedRolePolicy" (
    "accountId" TEXT NOT NULL,
    "roleName" TEXT NOT NULL,
    "policyArn" TEXT NOT NULL,

    PRIMARY KEY ("accountId", "roleName", "policyArn"),
    CONSTRAINT "AttachedRolePolicy_accountId_roleName_fkey" FOREIGN KEY ("accountId", "roleName") REFERENCES "Role" ("accountId", "name") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Function" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "name" TEXT NOT NULL,
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
    "lastModified" DATETIME NOT NULL
);
INSERT INTO "new_Function" ("accountId", "architecture", "codeFileCount", "codeSha256", "codeSize", "codeUnzippedSize", "description", "environment", "ephemeralStorageSize", "handler", "id", "lastModified", "lastUpdateStatus", "lastUpdateStatusReason", "lastUpdateStatusReasonCode", "memorySize", "name", "region", "revisionId", "role", "runtime", "state", "stateReason", "stateReasonCode", "tags", "timeout") SELECT "accountId", "architecture", "codeFileCount", "codeSha256", "codeSize", "codeUnzippedSize", "description", "environment", "ephemeralStorageSize", "handler", "id", "lastModified", "lastUpdateStatus", "lastUpdateStatusReason", "lastUpdateStatusReasonCode", "memorySize", "name", "region", "revisionId", "role", "runtime", "state", "stateReason", "stateReasonCode", "tags", "timeout" FROM "Function";
DROP TABLE "Function";
ALTER TABLE "new_Function" RENAME TO "Function";
CREATE INDEX "Function_codeSha256_idx" ON "Function"("codeSha256");
CREATE UNIQUE INDEX "Function_accountId_region_name_key" ON "Function"("accountId", "region", "name");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "LayerVersion_codeSha256_idx" ON "LayerVersion"("codeSha256");
