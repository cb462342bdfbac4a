using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hele.Civic.Platform.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AcceptedOperations",
                columns: table => new
                {
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OperationId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Operation = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    InputHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AcceptedOperations", x => new { x.AccountId, x.OperationId });
                });

            migrationBuilder.CreateTable(
                name: "AccountKeys",
                columns: table => new
                {
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MasterKeyId = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountKeys", x => x.AccountId);
                });

            migrationBuilder.CreateTable(
                name: "Accounts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SignInName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    PasswordHash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Stamp = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MustChangePassword = table.Column<bool>(type: "INTEGER", nullable: false),
                    PasswordSetAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PhoneSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PhoneIndex = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TotpSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TotpStep = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Accounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Jurisdictions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    ParentId = table.Column<int>(type: "INTEGER", nullable: true),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Jurisdictions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Jurisdictions_Jurisdictions_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PhoneCodes",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    NumberIndex = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClientIndex = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    Used = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PhoneCodes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SignInCounters",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CountedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInCounters", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "WitnessedLogs",
                columns: table => new
                {
                    Origin = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WitnessedLogs", x => x.Origin);
                });

            migrationBuilder.CreateTable(
                name: "KeptFiles",
                columns: table => new
                {
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FormId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    KeptAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PhotosSealed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeptFiles", x => new { x.AccountId, x.FormId });
                    table.ForeignKey(
                        name: "FK_KeptFiles_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OldPasswords",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OldPasswords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OldPasswords_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PasskeyChallenges",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Challenge = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PasskeyChallenges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PasskeyChallenges_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Passkeys",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1023, nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SignCount = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Passkeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Passkeys_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryCodes",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryCodes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RecoveryCodes_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SignInSessions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TokenHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Stamp = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Method = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AwaitsSecondFactor = table.Column<bool>(type: "INTEGER", nullable: false),
                    Device = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IdleUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenOn = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInSessions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SignInSessions_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AccountPlaces",
                columns: table => new
                {
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountPlaces", x => new { x.AccountId, x.JurisdictionId });
                    table.ForeignKey(
                        name: "FK_AccountPlaces_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccountPlaces_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AdoptedMethods",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Method = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Citation = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdoptedMethods", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AdoptedMethods_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Bodies",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ParentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Speciality = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    DutyPhone = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bodies", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Bodies_Bodies_JurisdictionId_ParentId",
                        columns: x => new { x.JurisdictionId, x.ParentId },
                        principalTable: "Bodies",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Bodies_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CircleReadings",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WeekDay = table.Column<int>(type: "INTEGER", nullable: false),
                    Minute = table.Column<int>(type: "INTEGER", nullable: false),
                    LimitMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    AdultSpeed = table.Column<int>(type: "INTEGER", nullable: false),
                    OlderSpeed = table.Column<int>(type: "INTEGER", nullable: false),
                    ChildSpeed = table.Column<int>(type: "INTEGER", nullable: false),
                    WheelchairSpeed = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenPoints = table.Column<int>(type: "INTEGER", nullable: false),
                    Helpers = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CircleReadings", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_CircleReadings_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ClosedPeriods",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LogSize = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosedPeriods", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ClosedPeriods_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ColumnTies",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    RowTable = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Column = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    LeafIndex = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ColumnTies", x => new { x.JurisdictionId, x.RowTable, x.RowId, x.Column });
                    table.ForeignKey(
                        name: "FK_ColumnTies_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Compounds",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Manager = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Compounds", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Compounds_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Erasures",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Leaves = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Kept = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Erasures", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Erasures_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FileBytes",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    FileId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FullSealed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SmallSealed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FileBytes", x => new { x.JurisdictionId, x.FileId });
                    table.ForeignKey(
                        name: "FK_FileBytes_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Grids",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 15, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DutyPhone = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Grids", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Grids_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ImportedRows",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    ImportId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RowTable = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    BeforeSealed = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportedRows", x => new { x.JurisdictionId, x.ImportId, x.RowTable, x.RowId });
                    table.ForeignKey(
                        name: "FK_ImportedRows_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Journal",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    LeafIndex = table.Column<long>(type: "INTEGER", nullable: false),
                    EventId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ActId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    OnDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RowTable = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ActorId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Entry = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LeafHash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Journal", x => new { x.JurisdictionId, x.LeafIndex });
                    table.ForeignKey(
                        name: "FK_Journal_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LedgerLayouts",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Ledger = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Headings = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Columns = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerLayouts", x => new { x.JurisdictionId, x.Ledger, x.Headings });
                    table.ForeignKey(
                        name: "FK_LedgerLayouts_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LedgerUploads",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Ledger = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ContentSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ChoicesSealed = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerUploads", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_LedgerUploads_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LocalReasons",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Instead = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Citation = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    IsGiven = table.Column<bool>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LocalReasons", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_LocalReasons_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LocalRules",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RuleId = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Amount = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Citation = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LocalRules", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_LocalRules_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LogEpochs",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Kept = table.Column<long>(type: "INTEGER", nullable: false),
                    Signed = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    OldPin = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    OldOrigin = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    OldSize = table.Column<long>(type: "INTEGER", nullable: true),
                    BackupMadeAt = table.Column<long>(type: "INTEGER", nullable: true),
                    BegunAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstSignerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstRole = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SecondSignerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SecondRole = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LogEpochs", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_LogEpochs_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LogGroups",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LogGroups", x => new { x.JurisdictionId, x.Size });
                    table.ForeignKey(
                        name: "FK_LogGroups_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LogHeads",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Frontier = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LogHeads", x => x.JurisdictionId);
                    table.ForeignKey(
                        name: "FK_LogHeads_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LogNodes",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    NodeIndex = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LogNodes", x => new { x.JurisdictionId, x.Level, x.NodeIndex });
                    table.ForeignKey(
                        name: "FK_LogNodes_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LogOpenings",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    TimesAreSimulated = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LogOpenings", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_LogOpenings_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MailCodes",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AddressSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AddressMasked = table.Column<string>(type: "TEXT", maxLength: 260, nullable: true),
                    AddressIndex = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    Used = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailCodes", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_MailCodes_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NoticeChoices",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Group = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Way = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeChoices", x => new { x.JurisdictionId, x.PersonId, x.Group });
                    table.ForeignKey(
                        name: "FK_NoticeChoices_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LeafIndex = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    ToOther = table.Column<bool>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    InDigest = table.Column<bool>(type: "INTEGER", nullable: false),
                    ShownFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    IsRead = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => new { x.JurisdictionId, x.PersonId, x.LeafIndex });
                    table.ForeignKey(
                        name: "FK_Notices_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OutgoingMails",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LeafIndex = table.Column<long>(type: "INTEGER", nullable: true),
                    CodeId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ToSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LeaseBy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutgoingMails", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_OutgoingMails_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PhoneSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PhoneMasked = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    PhoneIndex = table.Column<byte[]>(type: "BLOB", nullable: true),
                    BornOnSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    BornMasked = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    IdentityIndex = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LeftOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DiedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ErasedOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_People_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_People_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SearchRows",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    RowTable = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RowId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchRows", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SearchRows_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServicePoints",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    LonE7 = table.Column<int>(type: "INTEGER", nullable: false),
                    LatE7 = table.Column<int>(type: "INTEGER", nullable: false),
                    Hours = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServicePoints", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ServicePoints_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StreetCorrections",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Line = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Hours = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Steps = table.Column<bool>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StreetCorrections", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_StreetCorrections_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StreetMaps",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Datum = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Packed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Ways = table.Column<int>(type: "INTEGER", nullable: false),
                    Findings = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StreetMaps", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_StreetMaps_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SubjectKeys",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MasterKeyId = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SubjectKeys", x => new { x.JurisdictionId, x.SubjectId });
                    table.ForeignKey(
                        name: "FK_SubjectKeys_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ViewHours",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hour = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ViewHours", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ViewHours_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ViewPurges",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Before = table.Column<long>(type: "INTEGER", nullable: false),
                    Records = table.Column<int>(type: "INTEGER", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ViewPurges", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ViewPurges_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ViewRecords",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hour = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RowTable = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Columns = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Way = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ViewRecords", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ViewRecords_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "BodyTerms",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BodyId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Size = table.Column<int>(type: "INTEGER", nullable: true),
                    Members = table.Column<int>(type: "INTEGER", nullable: true),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BodyTerms", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_BodyTerms_Bodies_JurisdictionId_BodyId",
                        columns: x => new { x.JurisdictionId, x.BodyId },
                        principalTable: "Bodies",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BodyTerms_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FrozenFigures",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClosedPeriodId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FigureId = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordsHash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FrozenFigures", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_FrozenFigures_ClosedPeriods_JurisdictionId_ClosedPeriodId",
                        columns: x => new { x.JurisdictionId, x.ClosedPeriodId },
                        principalTable: "ClosedPeriods",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FrozenFigures_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Buildings",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    CompoundId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Floors = table.Column<int>(type: "INTEGER", nullable: true),
                    LonE7 = table.Column<int>(type: "INTEGER", nullable: true),
                    LatE7 = table.Column<int>(type: "INTEGER", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Buildings", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Buildings_Compounds_JurisdictionId_CompoundId",
                        columns: x => new { x.JurisdictionId, x.CompoundId },
                        principalTable: "Compounds",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Buildings_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "GridOutlines",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    GridId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Outline = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    SquareMetres = table.Column<long>(type: "INTEGER", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GridOutlines", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_GridOutlines_Grids_JurisdictionId_GridId",
                        columns: x => new { x.JurisdictionId, x.GridId },
                        principalTable: "Grids",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GridOutlines_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Absences",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    StandInId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenBackOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Absences", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Absences_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Absences_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Absences_People_JurisdictionId_StandInId",
                        columns: x => new { x.JurisdictionId, x.StandInId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DataRequests",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AskedById = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    AskedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AnsweredOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataRequests", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_DataRequests_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DataRequests_People_JurisdictionId_AskedById",
                        columns: x => new { x.JurisdictionId, x.AskedById },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DataRequests_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DeadLetters",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    MailId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AddressMasked = table.Column<string>(type: "TEXT", maxLength: 260, nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    RefusedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RefusedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadLetters", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_DeadLetters_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DeadLetters_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FeedbackNotes",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Page = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    SenderId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    WantsToBeTold = table.Column<bool>(type: "INTEGER", nullable: false),
                    FiledOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FiledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ContestText = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ContestedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AnsweredOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedbackNotes", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_FeedbackNotes_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeedbackNotes_People_JurisdictionId_SenderId",
                        columns: x => new { x.JurisdictionId, x.SenderId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Guardianships",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    GuardianId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WardId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Guardianships", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Guardianships_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Guardianships_People_JurisdictionId_GuardianId",
                        columns: x => new { x.JurisdictionId, x.GuardianId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Guardianships_People_JurisdictionId_WardId",
                        columns: x => new { x.JurisdictionId, x.WardId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Honours",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    BodyId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    NameAgreed = table.Column<bool>(type: "INTEGER", nullable: false),
                    AwardedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WithdrawnOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    WithdrawnFor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Honours", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Honours_Bodies_JurisdictionId_BodyId",
                        columns: x => new { x.JurisdictionId, x.BodyId },
                        principalTable: "Bodies",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Honours_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Honours_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LedgerImports",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Ledger = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    ImportedById = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ImportedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    Same = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstLeaf = table.Column<long>(type: "INTEGER", nullable: false),
                    Leaves = table.Column<int>(type: "INTEGER", nullable: false),
                    UndoUntil = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    UndoneById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    UndoneOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerImports", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_LedgerImports_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LedgerImports_People_JurisdictionId_ImportedById",
                        columns: x => new { x.JurisdictionId, x.ImportedById },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LedgerImports_People_JurisdictionId_UndoneById",
                        columns: x => new { x.JurisdictionId, x.UndoneById },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ListExports",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    List = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Filter = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    ExportedById = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ExportedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListExports", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ListExports_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ListExports_People_JurisdictionId_ExportedById",
                        columns: x => new { x.JurisdictionId, x.ExportedById },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NearbyHelpers",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hours = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    AgreedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NearbyHelpers", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_NearbyHelpers_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_NearbyHelpers_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PersonEmails",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AddressSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AddressMasked = table.Column<string>(type: "TEXT", maxLength: 260, nullable: true),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Way = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PausedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonEmails", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_PersonEmails_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PersonEmails_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Posts",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ScopeId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Title = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    VacantSince = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ProposedById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ConfirmedById = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Posts", x => new { x.JurisdictionId, x.Id });
                    table.CheckConstraint("CK_Posts_ConfirmedByAnother", "\"ConfirmedById\" IS NULL OR (\"ConfirmedById\" <> \"PersonId\" AND \"ConfirmedById\" <> \"ProposedById\")");
                    table.ForeignKey(
                        name: "FK_Posts_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Posts_People_JurisdictionId_ConfirmedById",
                        columns: x => new { x.JurisdictionId, x.ConfirmedById },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Posts_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Posts_People_JurisdictionId_ProposedById",
                        columns: x => new { x.JurisdictionId, x.ProposedById },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "BodyPlaces",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BodyId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    GridId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BodyPlaces", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_BodyPlaces_Bodies_JurisdictionId_BodyId",
                        columns: x => new { x.JurisdictionId, x.BodyId },
                        principalTable: "Bodies",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BodyPlaces_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BodyPlaces_Grids_JurisdictionId_GridId",
                        columns: x => new { x.JurisdictionId, x.GridId },
                        principalTable: "Grids",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BodyPlaces_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CircleLines",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ReadingId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    Adult = table.Column<bool>(type: "INTEGER", nullable: false),
                    Older = table.Column<bool>(type: "INTEGER", nullable: false),
                    Child = table.Column<bool>(type: "INTEGER", nullable: false),
                    Wheelchair = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CircleLines", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_CircleLines_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CircleLines_CircleReadings_JurisdictionId_ReadingId",
                        columns: x => new { x.JurisdictionId, x.ReadingId },
                        principalTable: "CircleReadings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CircleLines_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Entrances",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Entrances", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Entrances_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Entrances_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "GridBuildings",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    GridId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GridBuildings", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_GridBuildings_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GridBuildings_Grids_JurisdictionId_GridId",
                        columns: x => new { x.JurisdictionId, x.GridId },
                        principalTable: "Grids",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GridBuildings_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Seats",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    BodyId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Of = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TermId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    How = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Households = table.Column<int>(type: "INTEGER", nullable: true),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    DeclaredNoKin = table.Column<bool>(type: "INTEGER", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Ended = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Seats", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Seats_Bodies_JurisdictionId_BodyId",
                        columns: x => new { x.JurisdictionId, x.BodyId },
                        principalTable: "Bodies",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Seats_BodyTerms_JurisdictionId_TermId",
                        columns: x => new { x.JurisdictionId, x.TermId },
                        principalTable: "BodyTerms",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Seats_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Seats_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Seats_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Appeals",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: false),
                    Serial = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    GridId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LonE7 = table.Column<int>(type: "INTEGER", nullable: true),
                    LatE7 = table.Column<int>(type: "INTEGER", nullable: true),
                    AppellantId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OnBehalfOf = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    NameWithheld = table.Column<bool>(type: "INTEGER", nullable: false),
                    EnteredByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AppellantName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    FiledOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FiledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AssignedPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    InsteadOfPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    HandlerPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AcceptedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DueRule = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    DueIsProvisional = table.Column<bool>(type: "INTEGER", nullable: false),
                    AskAgainOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AskAgainUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ResumeUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AppellantLeftOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    RespondBy = table.Column<long>(type: "INTEGER", nullable: true),
                    RespondedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    PastCommunity = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Appeals", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Appeals_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Appeals_Grids_JurisdictionId_GridId",
                        columns: x => new { x.JurisdictionId, x.GridId },
                        principalTable: "Grids",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Appeals_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Appeals_People_JurisdictionId_AppellantId",
                        columns: x => new { x.JurisdictionId, x.AppellantId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Appeals_Posts_JurisdictionId_AssignedPostId",
                        columns: x => new { x.JurisdictionId, x.AssignedPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Appeals_Posts_JurisdictionId_EnteredByPostId",
                        columns: x => new { x.JurisdictionId, x.EnteredByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Appeals_Posts_JurisdictionId_HandlerPostId",
                        columns: x => new { x.JurisdictionId, x.HandlerPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Appeals_Posts_JurisdictionId_InsteadOfPostId",
                        columns: x => new { x.JurisdictionId, x.InsteadOfPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CallbackRounds",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Share = table.Column<int>(type: "INTEGER", nullable: false),
                    Seed = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Listed = table.Column<int>(type: "INTEGER", nullable: false),
                    ListHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DrawnOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallbackRounds", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_CallbackRounds_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CallbackRounds_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Deaths",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DiedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ToldBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    HadLeftOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenBackOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deaths", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Deaths_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Deaths_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Deaths_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Disclosures",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CoversFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CoversTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Title = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    WrittenOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WrittenByPostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: true),
                    Serial = table.Column<int>(type: "INTEGER", nullable: true),
                    CheckedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CheckedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReturnText = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    PublishedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ShownFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ShownTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LeastTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ObjectTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Where = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Withdrawal = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    WithdrawText = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    WithdrawnByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WithdrawnOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Disclosures", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Disclosures_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Disclosures_Posts_JurisdictionId_CheckedByPostId",
                        columns: x => new { x.JurisdictionId, x.CheckedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Disclosures_Posts_JurisdictionId_PublishedByPostId",
                        columns: x => new { x.JurisdictionId, x.PublishedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Disclosures_Posts_JurisdictionId_WithdrawnByPostId",
                        columns: x => new { x.JurisdictionId, x.WithdrawnByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Disclosures_Posts_JurisdictionId_WrittenByPostId",
                        columns: x => new { x.JurisdictionId, x.WrittenByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "EmergencyAccesses",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Seal = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    RowTable = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RowCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OpenerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OpenerAccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OpenerPostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReviewDueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Tell = table.Column<bool>(type: "INTEGER", nullable: false),
                    TellCitation = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReviewerPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReviewedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    KnownOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EmergencyAccesses", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_EmergencyAccesses_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_EmergencyAccesses_People_JurisdictionId_OpenerId",
                        columns: x => new { x.JurisdictionId, x.OpenerId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_EmergencyAccesses_Posts_JurisdictionId_OpenerPostId",
                        columns: x => new { x.JurisdictionId, x.OpenerPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_EmergencyAccesses_Posts_JurisdictionId_ReviewerPostId",
                        columns: x => new { x.JurisdictionId, x.ReviewerPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FeedbackAnswers",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    NoteId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Aside = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Asked = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Changed = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AnsweredOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedbackAnswers", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_FeedbackAnswers_FeedbackNotes_JurisdictionId_NoteId",
                        columns: x => new { x.JurisdictionId, x.NoteId },
                        principalTable: "FeedbackNotes",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeedbackAnswers_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeedbackAnswers_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Referrals",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    OriginCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    CommunityCode = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    CommunityName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    ByResident = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    PastCommunity = table.Column<bool>(type: "INTEGER", nullable: false),
                    WordsAreHidden = table.Column<bool>(type: "INTEGER", nullable: false),
                    ReceivedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueRule = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    DueIsProvisional = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ClosedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AnswerText = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    ReturnedFor = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ReturnNote = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Referrals", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Referrals_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Referrals_Posts_JurisdictionId_ClosedByPostId",
                        columns: x => new { x.JurisdictionId, x.ClosedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PlanDrafts",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Wish = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Before = table.Column<string>(type: "TEXT", maxLength: 400000, nullable: false),
                    Cut = table.Column<string>(type: "TEXT", maxLength: 400000, nullable: false),
                    KeptOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Number = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    AdoptedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Decided = table.Column<string>(type: "TEXT", maxLength: 400000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PlanDrafts", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_PlanDrafts_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PlanDrafts_Posts_JurisdictionId_AdoptedByPostId",
                        columns: x => new { x.JurisdictionId, x.AdoptedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReportStatements",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SignedByPostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SignedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CheckedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CheckedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WithdrawnOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportStatements", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ReportStatements_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStatements_Posts_JurisdictionId_CheckedByPostId",
                        columns: x => new { x.JurisdictionId, x.CheckedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStatements_Posts_JurisdictionId_SignedByPostId",
                        columns: x => new { x.JurisdictionId, x.SignedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStatements_Posts_JurisdictionId_WithdrawnByPostId",
                        columns: x => new { x.JurisdictionId, x.WithdrawnByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StoredFiles",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    SubjectTable = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Side = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    MediaType = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Length = table.Column<int>(type: "INTEGER", nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AddedById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AddedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AddedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    HiddenByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    HiddenFor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StoredFiles", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_StoredFiles_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StoredFiles_Posts_JurisdictionId_AddedByPostId",
                        columns: x => new { x.JurisdictionId, x.AddedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StoredFiles_Posts_JurisdictionId_HiddenByPostId",
                        columns: x => new { x.JurisdictionId, x.HiddenByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FlatOwners",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    EntranceId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Room = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FlatOwners", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_FlatOwners_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FlatOwners_Entrances_JurisdictionId_EntranceId",
                        columns: x => new { x.JurisdictionId, x.EntranceId },
                        principalTable: "Entrances",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FlatOwners_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FlatOwners_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Households",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    EntranceId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Room = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndLoggedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Households", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Households_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Households_Entrances_JurisdictionId_EntranceId",
                        columns: x => new { x.JurisdictionId, x.EntranceId },
                        principalTable: "Entrances",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Households_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SeatDuties",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SeatId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Duty = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Skill = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeatDuties", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_SeatDuties_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SeatDuties_Seats_JurisdictionId_SeatId",
                        columns: x => new { x.JurisdictionId, x.SeatId },
                        principalTable: "Seats",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealAbouts",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealAbouts", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealAbouts_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealAbouts_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealAbouts_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealAbouts_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealAnswers",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    FromUnit = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    AnsweredOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealAnswers", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealAnswers_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealAnswers_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealAnswers_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealJoins",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Words = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    EnteredByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    JoinedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FromAppealId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    IsSamePerson = table.Column<bool>(type: "INTEGER", nullable: false),
                    LeftOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealJoins", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealJoins_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealJoins_Appeals_JurisdictionId_FromAppealId",
                        columns: x => new { x.JurisdictionId, x.FromAppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealJoins_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealJoins_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealJoins_Posts_JurisdictionId_EnteredByPostId",
                        columns: x => new { x.JurisdictionId, x.EnteredByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealJoints",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LeadPostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Task = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    AskedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    WrittenByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WrittenOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealJoints", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealJoints_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealJoints_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealJoints_Posts_JurisdictionId_LeadPostId",
                        columns: x => new { x.JurisdictionId, x.LeadPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealJoints_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealJoints_Posts_JurisdictionId_WrittenByPostId",
                        columns: x => new { x.JurisdictionId, x.WrittenByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealNotes",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ToPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SaidOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealNotes", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealNotes_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealNotes_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealNotes_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealNotes_Posts_JurisdictionId_ToPostId",
                        columns: x => new { x.JurisdictionId, x.ToPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealOrders",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReplyBy = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ReceivedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RepliedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReplyText = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    RepliedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealOrders", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealOrders_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealOrders_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealOrders_Posts_JurisdictionId_RepliedByPostId",
                        columns: x => new { x.JurisdictionId, x.RepliedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealPublications",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    ReviewedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    AnswerRound = table.Column<int>(type: "INTEGER", nullable: false),
                    PlaceLevel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Place = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    LonE7 = table.Column<int>(type: "INTEGER", nullable: true),
                    LatE7 = table.Column<int>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ReviewedByPostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublishedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CorrectedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealPublications", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealPublications_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealPublications_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealPublications_Posts_JurisdictionId_ReviewedByPostId",
                        columns: x => new { x.JurisdictionId, x.ReviewedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealReferrals",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ReferralCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    ByResident = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReferredOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealReferrals", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealReferrals_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealReferrals_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealReferrals_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealReturns",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ReferralCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ReturnedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealReturns", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealReturns_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealReturns_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealUrgencies",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BegunOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BegunAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RespondBy = table.Column<long>(type: "INTEGER", nullable: false),
                    RespondedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealUrgencies", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealUrgencies_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealUrgencies_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HarmReports",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    To = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReportedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HarmReports", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_HarmReports_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HarmReports_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HarmReports_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HiddenTexts",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    RowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    HiddenByPostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HiddenOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ShownOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ShownByPostId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HiddenTexts", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_HiddenTexts_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HiddenTexts_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HiddenTexts_Posts_JurisdictionId_HiddenByPostId",
                        columns: x => new { x.JurisdictionId, x.HiddenByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HiddenTexts_Posts_JurisdictionId_ShownByPostId",
                        columns: x => new { x.JurisdictionId, x.ShownByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ThanksRecords",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Door = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Thanked = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    GridId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    BodyId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    GiverId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    IsAnonymous = table.Column<bool>(type: "INTEGER", nullable: false),
                    GiverNameSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    GiverMasked = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    Shown = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReceivedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PublicText = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    PhotoShown = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ReviewedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ConfirmedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PublishedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CorrectedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ThanksRecords", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ThanksRecords_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksRecords_Bodies_JurisdictionId_BodyId",
                        columns: x => new { x.JurisdictionId, x.BodyId },
                        principalTable: "Bodies",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksRecords_Grids_JurisdictionId_GridId",
                        columns: x => new { x.JurisdictionId, x.GridId },
                        principalTable: "Grids",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksRecords_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksRecords_People_JurisdictionId_GiverId",
                        columns: x => new { x.JurisdictionId, x.GiverId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksRecords_Posts_JurisdictionId_EnteredByPostId",
                        columns: x => new { x.JurisdictionId, x.EnteredByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksRecords_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksRecords_Posts_JurisdictionId_ReviewedByPostId",
                        columns: x => new { x.JurisdictionId, x.ReviewedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DisclosureDuties",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CoversFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    CoversTo = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RemindedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DisclosureId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    DoneOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DisclosureDuties", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_DisclosureDuties_Disclosures_JurisdictionId_DisclosureId",
                        columns: x => new { x.JurisdictionId, x.DisclosureId },
                        principalTable: "Disclosures",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DisclosureDuties_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DisclosureObjections",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    DisclosureId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Door = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SenderId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    EnteredByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    TextSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    FiledOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FiledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Asked = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    IsRight = table.Column<bool>(type: "INTEGER", nullable: false),
                    AnsweredByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AnsweredOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DisclosureObjections", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_DisclosureObjections_Disclosures_JurisdictionId_DisclosureId",
                        columns: x => new { x.JurisdictionId, x.DisclosureId },
                        principalTable: "Disclosures",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DisclosureObjections_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DisclosureObjections_People_JurisdictionId_SenderId",
                        columns: x => new { x.JurisdictionId, x.SenderId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DisclosureObjections_Posts_JurisdictionId_AnsweredByPostId",
                        columns: x => new { x.JurisdictionId, x.AnsweredByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DisclosureObjections_Posts_JurisdictionId_EnteredByPostId",
                        columns: x => new { x.JurisdictionId, x.EnteredByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DisclosureTexts",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DisclosureId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<string>(type: "TEXT", maxLength: 200000, nullable: true),
                    ContentSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Why = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    WrittenByPostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WrittenOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ShownAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ShownTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CheckedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReplacedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RefusedText = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DisclosureTexts", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_DisclosureTexts_Disclosures_JurisdictionId_DisclosureId",
                        columns: x => new { x.JurisdictionId, x.DisclosureId },
                        principalTable: "Disclosures",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DisclosureTexts_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DisclosureTexts_Posts_JurisdictionId_CheckedByPostId",
                        columns: x => new { x.JurisdictionId, x.CheckedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DisclosureTexts_Posts_JurisdictionId_WrittenByPostId",
                        columns: x => new { x.JurisdictionId, x.WrittenByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HouseholdMembers",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HouseholdId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Came = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Went = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndLoggedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HouseholdMembers", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_HouseholdMembers_Households_JurisdictionId_HouseholdId",
                        columns: x => new { x.JurisdictionId, x.HouseholdId },
                        principalTable: "Households",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HouseholdMembers_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HouseholdMembers_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StatedChanges",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BuildingId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    EntranceId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Room = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    HouseholdId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    About = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    HappenedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PriorId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    StatedById = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StatedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CheckedBy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    AnsweredOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    PostId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatedChanges", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_StatedChanges_Buildings_JurisdictionId_BuildingId",
                        columns: x => new { x.JurisdictionId, x.BuildingId },
                        principalTable: "Buildings",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatedChanges_Entrances_JurisdictionId_EntranceId",
                        columns: x => new { x.JurisdictionId, x.EntranceId },
                        principalTable: "Entrances",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatedChanges_Households_JurisdictionId_HouseholdId",
                        columns: x => new { x.JurisdictionId, x.HouseholdId },
                        principalTable: "Households",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatedChanges_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatedChanges_People_JurisdictionId_StatedById",
                        columns: x => new { x.JurisdictionId, x.StatedById },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatedChanges_Posts_JurisdictionId_PostId",
                        columns: x => new { x.JurisdictionId, x.PostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatedChanges_StatedChanges_JurisdictionId_PriorId",
                        columns: x => new { x.JurisdictionId, x.PriorId },
                        principalTable: "StatedChanges",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Tenancies",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    HouseholdId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LandlordId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Landlord = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ContractSeen = table.Column<bool>(type: "INTEGER", nullable: false),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tenancies", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Tenancies_Households_JurisdictionId_HouseholdId",
                        columns: x => new { x.JurisdictionId, x.HouseholdId },
                        principalTable: "Households",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Tenancies_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Tenancies_People_JurisdictionId_LandlordId",
                        columns: x => new { x.JurisdictionId, x.LandlordId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AppealVerdicts",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Satisfied = table.Column<bool>(type: "INTEGER", nullable: false),
                    Remark = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    JoinId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Closes = table.Column<bool>(type: "INTEGER", nullable: false),
                    ReopensClosed = table.Column<bool>(type: "INTEGER", nullable: false),
                    EndsInDisagreement = table.Column<bool>(type: "INTEGER", nullable: false),
                    EnteredByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    JudgedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PaperCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: true),
                    ContestUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ContestedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ContestedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppealVerdicts", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_AppealVerdicts_AppealJoins_JurisdictionId_JoinId",
                        columns: x => new { x.JurisdictionId, x.JoinId },
                        principalTable: "AppealJoins",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealVerdicts_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealVerdicts_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AppealVerdicts_Posts_JurisdictionId_EnteredByPostId",
                        columns: x => new { x.JurisdictionId, x.EnteredByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReportStories",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ThanksId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    HouseholdId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SubjectMasked = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    Place = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    HappenedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    WrittenByPostId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WrittenOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TextSealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TextIndex = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PublicText = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    Consent = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ConsentOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ConsentTakenByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CheckedByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ApprovedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportStories", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ReportStories_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStories_Households_JurisdictionId_HouseholdId",
                        columns: x => new { x.JurisdictionId, x.HouseholdId },
                        principalTable: "Households",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStories_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStories_People_JurisdictionId_SubjectId",
                        columns: x => new { x.JurisdictionId, x.SubjectId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStories_Posts_JurisdictionId_CheckedByPostId",
                        columns: x => new { x.JurisdictionId, x.CheckedByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStories_Posts_JurisdictionId_ConsentTakenByPostId",
                        columns: x => new { x.JurisdictionId, x.ConsentTakenByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStories_Posts_JurisdictionId_WrittenByPostId",
                        columns: x => new { x.JurisdictionId, x.WrittenByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReportStories_ThanksRecords_JurisdictionId_ThanksId",
                        columns: x => new { x.JurisdictionId, x.ThanksId },
                        principalTable: "ThanksRecords",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ThanksTo",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ThanksId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ThanksTo", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_ThanksTo_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksTo_People_JurisdictionId_PersonId",
                        columns: x => new { x.JurisdictionId, x.PersonId },
                        principalTable: "People",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ThanksTo_ThanksRecords_JurisdictionId_ThanksId",
                        columns: x => new { x.JurisdictionId, x.ThanksId },
                        principalTable: "ThanksRecords",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MemberPresences",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MemberId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Presence = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndLoggedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MemberPresences", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_MemberPresences_HouseholdMembers_JurisdictionId_MemberId",
                        columns: x => new { x.JurisdictionId, x.MemberId },
                        principalTable: "HouseholdMembers",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MemberPresences_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Callbacks",
                columns: table => new
                {
                    JurisdictionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PublicCode = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    RoundId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppealId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    VerdictId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    CalledByPostId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CalledOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CalledAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Callbacks", x => new { x.JurisdictionId, x.Id });
                    table.ForeignKey(
                        name: "FK_Callbacks_AppealVerdicts_JurisdictionId_VerdictId",
                        columns: x => new { x.JurisdictionId, x.VerdictId },
                        principalTable: "AppealVerdicts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Callbacks_Appeals_JurisdictionId_AppealId",
                        columns: x => new { x.JurisdictionId, x.AppealId },
                        principalTable: "Appeals",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Callbacks_CallbackRounds_JurisdictionId_RoundId",
                        columns: x => new { x.JurisdictionId, x.RoundId },
                        principalTable: "CallbackRounds",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Callbacks_Jurisdictions_JurisdictionId",
                        column: x => x.JurisdictionId,
                        principalTable: "Jurisdictions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Callbacks_Posts_JurisdictionId_CalledByPostId",
                        columns: x => new { x.JurisdictionId, x.CalledByPostId },
                        principalTable: "Posts",
                        principalColumns: new[] { "JurisdictionId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Absences_JurisdictionId_PersonId_To",
                table: "Absences",
                columns: new[] { "JurisdictionId", "PersonId", "To" });

            migrationBuilder.CreateIndex(
                name: "IX_Absences_JurisdictionId_PublicCode",
                table: "Absences",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Absences_JurisdictionId_StandInId",
                table: "Absences",
                columns: new[] { "JurisdictionId", "StandInId" });

            migrationBuilder.CreateIndex(
                name: "IX_AcceptedOperations_AccountId_InputHash",
                table: "AcceptedOperations",
                columns: new[] { "AccountId", "InputHash" });

            migrationBuilder.CreateIndex(
                name: "IX_AccountPlaces_JurisdictionId",
                table: "AccountPlaces",
                column: "JurisdictionId");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_PhoneIndex",
                table: "Accounts",
                column: "PhoneIndex",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_SignInName",
                table: "Accounts",
                column: "SignInName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AdoptedMethods_JurisdictionId_From",
                table: "AdoptedMethods",
                columns: new[] { "JurisdictionId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealAbouts_JurisdictionId_AppealId_PostId_PersonId",
                table: "AppealAbouts",
                columns: new[] { "JurisdictionId", "AppealId", "PostId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealAbouts_JurisdictionId_PersonId",
                table: "AppealAbouts",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealAbouts_JurisdictionId_PostId",
                table: "AppealAbouts",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealAnswers_JurisdictionId_AnsweredOn",
                table: "AppealAnswers",
                columns: new[] { "JurisdictionId", "AnsweredOn" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealAnswers_JurisdictionId_AppealId_Round",
                table: "AppealAnswers",
                columns: new[] { "JurisdictionId", "AppealId", "Round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealAnswers_JurisdictionId_PostId",
                table: "AppealAnswers",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoins_FromAppealId_All",
                table: "AppealJoins",
                columns: new[] { "JurisdictionId", "FromAppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoins_JurisdictionId_AppealId",
                table: "AppealJoins",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoins_JurisdictionId_EnteredByPostId",
                table: "AppealJoins",
                columns: new[] { "JurisdictionId", "EnteredByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoins_JurisdictionId_FromAppealId",
                table: "AppealJoins",
                columns: new[] { "JurisdictionId", "FromAppealId" },
                unique: true,
                filter: "\"LeftOn\" IS NULL AND \"FromAppealId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoins_JurisdictionId_PersonId",
                table: "AppealJoins",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoins_JurisdictionId_PersonId_AppealId",
                table: "AppealJoins",
                columns: new[] { "JurisdictionId", "PersonId", "AppealId" },
                unique: true,
                filter: "\"LeftOn\" IS NULL AND \"PersonId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoins_JurisdictionId_PublicCode",
                table: "AppealJoins",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoints_JurisdictionId_AppealId",
                table: "AppealJoints",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoints_JurisdictionId_LeadPostId",
                table: "AppealJoints",
                columns: new[] { "JurisdictionId", "LeadPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoints_JurisdictionId_PostId",
                table: "AppealJoints",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoints_JurisdictionId_PublicCode",
                table: "AppealJoints",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealJoints_JurisdictionId_WrittenByPostId",
                table: "AppealJoints",
                columns: new[] { "JurisdictionId", "WrittenByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealNotes_JurisdictionId_AppealId",
                table: "AppealNotes",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealNotes_JurisdictionId_AppealId_Kind_Round",
                table: "AppealNotes",
                columns: new[] { "JurisdictionId", "AppealId", "Kind", "Round" },
                unique: true,
                filter: "\"Kind\" IN ('StillSolved', 'NotSolved', 'ResidentStatement', 'CommunityStatement')");

            migrationBuilder.CreateIndex(
                name: "IX_AppealNotes_JurisdictionId_PostId",
                table: "AppealNotes",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealNotes_JurisdictionId_SaidOn",
                table: "AppealNotes",
                columns: new[] { "JurisdictionId", "SaidOn" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealNotes_JurisdictionId_ToPostId",
                table: "AppealNotes",
                columns: new[] { "JurisdictionId", "ToPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealOrders_JurisdictionId_AppealId",
                table: "AppealOrders",
                columns: new[] { "JurisdictionId", "AppealId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealOrders_JurisdictionId_RepliedByPostId",
                table: "AppealOrders",
                columns: new[] { "JurisdictionId", "RepliedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealOrders_JurisdictionId_Source_Number",
                table: "AppealOrders",
                columns: new[] { "JurisdictionId", "Source", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealPublications_JurisdictionId_AppealId",
                table: "AppealPublications",
                columns: new[] { "JurisdictionId", "AppealId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealPublications_JurisdictionId_PublicCode",
                table: "AppealPublications",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealPublications_JurisdictionId_ReviewedByPostId",
                table: "AppealPublications",
                columns: new[] { "JurisdictionId", "ReviewedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealReferrals_JurisdictionId_AppealId",
                table: "AppealReferrals",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealReferrals_JurisdictionId_PostId",
                table: "AppealReferrals",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealReferrals_JurisdictionId_ReferralCode",
                table: "AppealReferrals",
                columns: new[] { "JurisdictionId", "ReferralCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealReturns_JurisdictionId_AppealId",
                table: "AppealReturns",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealReturns_JurisdictionId_ReferralCode",
                table: "AppealReturns",
                columns: new[] { "JurisdictionId", "ReferralCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_AppellantId",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "AppellantId" });

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_AssignedPostId",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "AssignedPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_BuildingId",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "BuildingId" });

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_EnteredByPostId",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "EnteredByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_FiledOn_Id",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "FiledOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_GridId",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "GridId" });

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_HandlerPostId",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "HandlerPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_InsteadOfPostId",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "InsteadOfPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_PublicCode",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_JurisdictionId_Year_Serial",
                table: "Appeals",
                columns: new[] { "JurisdictionId", "Year", "Serial" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AppealUrgencies_AppealId_All",
                table: "AppealUrgencies",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealUrgencies_JurisdictionId_AppealId",
                table: "AppealUrgencies",
                columns: new[] { "JurisdictionId", "AppealId" },
                unique: true,
                filter: "\"RespondedAt\" IS NULL AND \"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AppealUrgencies_JurisdictionId_BegunOn",
                table: "AppealUrgencies",
                columns: new[] { "JurisdictionId", "BegunOn" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealVerdicts_JurisdictionId_AppealId",
                table: "AppealVerdicts",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealVerdicts_JurisdictionId_AppealId_Round",
                table: "AppealVerdicts",
                columns: new[] { "JurisdictionId", "AppealId", "Round" },
                unique: true,
                filter: "\"JoinId\" IS NULL AND \"ContestedOn\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AppealVerdicts_JurisdictionId_EnteredByPostId",
                table: "AppealVerdicts",
                columns: new[] { "JurisdictionId", "EnteredByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealVerdicts_JurisdictionId_JoinId",
                table: "AppealVerdicts",
                columns: new[] { "JurisdictionId", "JoinId" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealVerdicts_JurisdictionId_JoinId_Round",
                table: "AppealVerdicts",
                columns: new[] { "JurisdictionId", "JoinId", "Round" },
                unique: true,
                filter: "\"JoinId\" IS NOT NULL AND \"ContestedOn\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AppealVerdicts_JurisdictionId_JudgedOn",
                table: "AppealVerdicts",
                columns: new[] { "JurisdictionId", "JudgedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_AppealVerdicts_JurisdictionId_PaperCode",
                table: "AppealVerdicts",
                columns: new[] { "JurisdictionId", "PaperCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bodies_JurisdictionId_Name",
                table: "Bodies",
                columns: new[] { "JurisdictionId", "Name" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Bodies_JurisdictionId_ParentId",
                table: "Bodies",
                columns: new[] { "JurisdictionId", "ParentId" });

            migrationBuilder.CreateIndex(
                name: "IX_Bodies_JurisdictionId_PublicCode",
                table: "Bodies",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BodyPlaces_JurisdictionId_BodyId_GridId_BuildingId",
                table: "BodyPlaces",
                columns: new[] { "JurisdictionId", "BodyId", "GridId", "BuildingId" });

            migrationBuilder.CreateIndex(
                name: "IX_BodyPlaces_JurisdictionId_BuildingId",
                table: "BodyPlaces",
                columns: new[] { "JurisdictionId", "BuildingId" });

            migrationBuilder.CreateIndex(
                name: "IX_BodyPlaces_JurisdictionId_GridId",
                table: "BodyPlaces",
                columns: new[] { "JurisdictionId", "GridId" });

            migrationBuilder.CreateIndex(
                name: "IX_BodyTerms_JurisdictionId_BodyId_Number",
                table: "BodyTerms",
                columns: new[] { "JurisdictionId", "BodyId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Buildings_JurisdictionId_CompoundId",
                table: "Buildings",
                columns: new[] { "JurisdictionId", "CompoundId" });

            migrationBuilder.CreateIndex(
                name: "IX_Buildings_JurisdictionId_CompoundId_Name",
                table: "Buildings",
                columns: new[] { "JurisdictionId", "CompoundId", "Name" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Buildings_JurisdictionId_PublicCode",
                table: "Buildings",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CallbackRounds_JurisdictionId_PostId",
                table: "CallbackRounds",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_CallbackRounds_JurisdictionId_PublicCode",
                table: "CallbackRounds",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Callbacks_JurisdictionId_AppealId",
                table: "Callbacks",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_Callbacks_JurisdictionId_CalledByPostId",
                table: "Callbacks",
                columns: new[] { "JurisdictionId", "CalledByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Callbacks_JurisdictionId_PublicCode",
                table: "Callbacks",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Callbacks_JurisdictionId_RoundId",
                table: "Callbacks",
                columns: new[] { "JurisdictionId", "RoundId" });

            migrationBuilder.CreateIndex(
                name: "IX_Callbacks_JurisdictionId_VerdictId",
                table: "Callbacks",
                columns: new[] { "JurisdictionId", "VerdictId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CircleLines_JurisdictionId_BuildingId",
                table: "CircleLines",
                columns: new[] { "JurisdictionId", "BuildingId" });

            migrationBuilder.CreateIndex(
                name: "IX_CircleLines_JurisdictionId_ReadingId_BuildingId",
                table: "CircleLines",
                columns: new[] { "JurisdictionId", "ReadingId", "BuildingId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CircleReadings_JurisdictionId_Number",
                table: "CircleReadings",
                columns: new[] { "JurisdictionId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CircleReadings_JurisdictionId_On",
                table: "CircleReadings",
                columns: new[] { "JurisdictionId", "On" });

            migrationBuilder.CreateIndex(
                name: "IX_CircleReadings_JurisdictionId_PublicCode",
                table: "CircleReadings",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClosedPeriods_JurisdictionId_From_To",
                table: "ClosedPeriods",
                columns: new[] { "JurisdictionId", "From", "To" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Compounds_JurisdictionId_Name",
                table: "Compounds",
                columns: new[] { "JurisdictionId", "Name" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Compounds_JurisdictionId_PublicCode",
                table: "Compounds",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DataRequests_JurisdictionId_AskedById",
                table: "DataRequests",
                columns: new[] { "JurisdictionId", "AskedById" });

            migrationBuilder.CreateIndex(
                name: "IX_DataRequests_JurisdictionId_PersonId",
                table: "DataRequests",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_DataRequests_JurisdictionId_PublicCode",
                table: "DataRequests",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DataRequests_JurisdictionId_State_DueOn",
                table: "DataRequests",
                columns: new[] { "JurisdictionId", "State", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_JurisdictionId_PersonId",
                table: "DeadLetters",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_JurisdictionId_PublicCode",
                table: "DeadLetters",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_JurisdictionId_State",
                table: "DeadLetters",
                columns: new[] { "JurisdictionId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Deaths_JurisdictionId_PersonId",
                table: "Deaths",
                columns: new[] { "JurisdictionId", "PersonId" },
                unique: true,
                filter: "\"TakenBackOn\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Deaths_JurisdictionId_PostId",
                table: "Deaths",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Deaths_PersonId_All",
                table: "Deaths",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureDuties_JurisdictionId_DisclosureId",
                table: "DisclosureDuties",
                columns: new[] { "JurisdictionId", "DisclosureId" });

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureDuties_JurisdictionId_DueOn",
                table: "DisclosureDuties",
                columns: new[] { "JurisdictionId", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureDuties_JurisdictionId_Kind_CoversFrom",
                table: "DisclosureDuties",
                columns: new[] { "JurisdictionId", "Kind", "CoversFrom" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureDuties_JurisdictionId_PublicCode",
                table: "DisclosureDuties",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureObjections_JurisdictionId_AnsweredByPostId",
                table: "DisclosureObjections",
                columns: new[] { "JurisdictionId", "AnsweredByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureObjections_JurisdictionId_AnsweredOn_DueOn",
                table: "DisclosureObjections",
                columns: new[] { "JurisdictionId", "AnsweredOn", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureObjections_JurisdictionId_DisclosureId",
                table: "DisclosureObjections",
                columns: new[] { "JurisdictionId", "DisclosureId" });

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureObjections_JurisdictionId_EnteredByPostId",
                table: "DisclosureObjections",
                columns: new[] { "JurisdictionId", "EnteredByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureObjections_JurisdictionId_PublicCode",
                table: "DisclosureObjections",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureObjections_JurisdictionId_SenderId",
                table: "DisclosureObjections",
                columns: new[] { "JurisdictionId", "SenderId" });

            migrationBuilder.CreateIndex(
                name: "IX_Disclosures_JurisdictionId_CheckedByPostId",
                table: "Disclosures",
                columns: new[] { "JurisdictionId", "CheckedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Disclosures_JurisdictionId_Kind_CoversFrom",
                table: "Disclosures",
                columns: new[] { "JurisdictionId", "Kind", "CoversFrom" },
                unique: true,
                filter: "\"CoversFrom\" IS NOT NULL AND \"State\" NOT IN ('Withdrawn', 'Dropped')");

            migrationBuilder.CreateIndex(
                name: "IX_Disclosures_JurisdictionId_PublicCode",
                table: "Disclosures",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Disclosures_JurisdictionId_PublishedByPostId",
                table: "Disclosures",
                columns: new[] { "JurisdictionId", "PublishedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Disclosures_JurisdictionId_State_ShownTo",
                table: "Disclosures",
                columns: new[] { "JurisdictionId", "State", "ShownTo" });

            migrationBuilder.CreateIndex(
                name: "IX_Disclosures_JurisdictionId_WithdrawnByPostId",
                table: "Disclosures",
                columns: new[] { "JurisdictionId", "WithdrawnByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Disclosures_JurisdictionId_WrittenByPostId",
                table: "Disclosures",
                columns: new[] { "JurisdictionId", "WrittenByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Disclosures_JurisdictionId_Year_Serial",
                table: "Disclosures",
                columns: new[] { "JurisdictionId", "Year", "Serial" },
                unique: true,
                filter: "\"Serial\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureTexts_JurisdictionId_CheckedByPostId",
                table: "DisclosureTexts",
                columns: new[] { "JurisdictionId", "CheckedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureTexts_JurisdictionId_DisclosureId_Number",
                table: "DisclosureTexts",
                columns: new[] { "JurisdictionId", "DisclosureId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DisclosureTexts_JurisdictionId_WrittenByPostId",
                table: "DisclosureTexts",
                columns: new[] { "JurisdictionId", "WrittenByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_EmergencyAccesses_JurisdictionId_OpenerId",
                table: "EmergencyAccesses",
                columns: new[] { "JurisdictionId", "OpenerId" });

            migrationBuilder.CreateIndex(
                name: "IX_EmergencyAccesses_JurisdictionId_OpenerPostId",
                table: "EmergencyAccesses",
                columns: new[] { "JurisdictionId", "OpenerPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_EmergencyAccesses_JurisdictionId_PublicCode",
                table: "EmergencyAccesses",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EmergencyAccesses_JurisdictionId_ReviewerPostId",
                table: "EmergencyAccesses",
                columns: new[] { "JurisdictionId", "ReviewerPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_EmergencyAccesses_JurisdictionId_State_ReviewDueOn",
                table: "EmergencyAccesses",
                columns: new[] { "JurisdictionId", "State", "ReviewDueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_EmergencyAccesses_JurisdictionId_SubjectId",
                table: "EmergencyAccesses",
                columns: new[] { "JurisdictionId", "SubjectId" });

            migrationBuilder.CreateIndex(
                name: "IX_Entrances_JurisdictionId_BuildingId_Name",
                table: "Entrances",
                columns: new[] { "JurisdictionId", "BuildingId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Erasures_JurisdictionId_SubjectId",
                table: "Erasures",
                columns: new[] { "JurisdictionId", "SubjectId" });

            migrationBuilder.CreateIndex(
                name: "IX_FeedbackAnswers_JurisdictionId_AnsweredOn",
                table: "FeedbackAnswers",
                columns: new[] { "JurisdictionId", "AnsweredOn" });

            migrationBuilder.CreateIndex(
                name: "IX_FeedbackAnswers_JurisdictionId_NoteId_Round",
                table: "FeedbackAnswers",
                columns: new[] { "JurisdictionId", "NoteId", "Round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FeedbackAnswers_JurisdictionId_PostId",
                table: "FeedbackAnswers",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_FeedbackNotes_JurisdictionId_FiledOn",
                table: "FeedbackNotes",
                columns: new[] { "JurisdictionId", "FiledOn" });

            migrationBuilder.CreateIndex(
                name: "IX_FeedbackNotes_JurisdictionId_PublicCode",
                table: "FeedbackNotes",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FeedbackNotes_JurisdictionId_SenderId",
                table: "FeedbackNotes",
                columns: new[] { "JurisdictionId", "SenderId" });

            migrationBuilder.CreateIndex(
                name: "IX_FeedbackNotes_JurisdictionId_State_DueOn",
                table: "FeedbackNotes",
                columns: new[] { "JurisdictionId", "State", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_FlatOwners_JurisdictionId_BuildingId_EntranceId_Room",
                table: "FlatOwners",
                columns: new[] { "JurisdictionId", "BuildingId", "EntranceId", "Room" });

            migrationBuilder.CreateIndex(
                name: "IX_FlatOwners_JurisdictionId_EntranceId",
                table: "FlatOwners",
                columns: new[] { "JurisdictionId", "EntranceId" });

            migrationBuilder.CreateIndex(
                name: "IX_FlatOwners_JurisdictionId_PersonId",
                table: "FlatOwners",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_FrozenFigures_JurisdictionId_ClosedPeriodId_FigureId",
                table: "FrozenFigures",
                columns: new[] { "JurisdictionId", "ClosedPeriodId", "FigureId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_GridBuildings_BuildingId_All",
                table: "GridBuildings",
                columns: new[] { "JurisdictionId", "BuildingId" });

            migrationBuilder.CreateIndex(
                name: "IX_GridBuildings_JurisdictionId_BuildingId",
                table: "GridBuildings",
                columns: new[] { "JurisdictionId", "BuildingId" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_GridBuildings_JurisdictionId_GridId",
                table: "GridBuildings",
                columns: new[] { "JurisdictionId", "GridId" });

            migrationBuilder.CreateIndex(
                name: "IX_GridOutlines_GridId_All",
                table: "GridOutlines",
                columns: new[] { "JurisdictionId", "GridId" });

            migrationBuilder.CreateIndex(
                name: "IX_GridOutlines_JurisdictionId_GridId",
                table: "GridOutlines",
                columns: new[] { "JurisdictionId", "GridId" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Grids_JurisdictionId_Code",
                table: "Grids",
                columns: new[] { "JurisdictionId", "Code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Grids_JurisdictionId_Name",
                table: "Grids",
                columns: new[] { "JurisdictionId", "Name" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Grids_JurisdictionId_PublicCode",
                table: "Grids",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Guardianships_JurisdictionId_GuardianId",
                table: "Guardianships",
                columns: new[] { "JurisdictionId", "GuardianId" });

            migrationBuilder.CreateIndex(
                name: "IX_Guardianships_JurisdictionId_WardId",
                table: "Guardianships",
                columns: new[] { "JurisdictionId", "WardId" });

            migrationBuilder.CreateIndex(
                name: "IX_HarmReports_JurisdictionId_AppealId",
                table: "HarmReports",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_HarmReports_JurisdictionId_PostId",
                table: "HarmReports",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_HiddenTexts_JurisdictionId_AppealId",
                table: "HiddenTexts",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_HiddenTexts_JurisdictionId_HiddenByPostId",
                table: "HiddenTexts",
                columns: new[] { "JurisdictionId", "HiddenByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_HiddenTexts_JurisdictionId_RowId",
                table: "HiddenTexts",
                columns: new[] { "JurisdictionId", "RowId" },
                unique: true,
                filter: "\"ShownOn\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_HiddenTexts_JurisdictionId_ShownByPostId",
                table: "HiddenTexts",
                columns: new[] { "JurisdictionId", "ShownByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Honours_JurisdictionId_AwardedOn",
                table: "Honours",
                columns: new[] { "JurisdictionId", "AwardedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Honours_JurisdictionId_BodyId",
                table: "Honours",
                columns: new[] { "JurisdictionId", "BodyId" });

            migrationBuilder.CreateIndex(
                name: "IX_Honours_JurisdictionId_PersonId",
                table: "Honours",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_Honours_JurisdictionId_PublicCode",
                table: "Honours",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HouseholdMembers_JurisdictionId_HouseholdId",
                table: "HouseholdMembers",
                columns: new[] { "JurisdictionId", "HouseholdId" });

            migrationBuilder.CreateIndex(
                name: "IX_HouseholdMembers_JurisdictionId_PersonId",
                table: "HouseholdMembers",
                columns: new[] { "JurisdictionId", "PersonId" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_HouseholdMembers_PersonId_All",
                table: "HouseholdMembers",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_Households_JurisdictionId_BuildingId_EntranceId_Room",
                table: "Households",
                columns: new[] { "JurisdictionId", "BuildingId", "EntranceId", "Room" });

            migrationBuilder.CreateIndex(
                name: "IX_Households_JurisdictionId_EntranceId",
                table: "Households",
                columns: new[] { "JurisdictionId", "EntranceId" });

            migrationBuilder.CreateIndex(
                name: "IX_Households_JurisdictionId_PublicCode",
                table: "Households",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Journal_JurisdictionId_RowTable_RowId",
                table: "Journal",
                columns: new[] { "JurisdictionId", "RowTable", "RowId" });

            migrationBuilder.CreateIndex(
                name: "IX_Jurisdictions_Code",
                table: "Jurisdictions",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Jurisdictions_ParentId",
                table: "Jurisdictions",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerImports_JurisdictionId_ImportedById",
                table: "LedgerImports",
                columns: new[] { "JurisdictionId", "ImportedById" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerImports_JurisdictionId_PublicCode",
                table: "LedgerImports",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LedgerImports_JurisdictionId_UndoneById",
                table: "LedgerImports",
                columns: new[] { "JurisdictionId", "UndoneById" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerUploads_JurisdictionId_PublicCode",
                table: "LedgerUploads",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ListExports_JurisdictionId_ExportedAt",
                table: "ListExports",
                columns: new[] { "JurisdictionId", "ExportedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ListExports_JurisdictionId_ExportedById",
                table: "ListExports",
                columns: new[] { "JurisdictionId", "ExportedById" });

            migrationBuilder.CreateIndex(
                name: "IX_LocalReasons_JurisdictionId_Code_From",
                table: "LocalReasons",
                columns: new[] { "JurisdictionId", "Code", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_LogEpochs_JurisdictionId_Number",
                table: "LogEpochs",
                columns: new[] { "JurisdictionId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LogOpenings_JurisdictionId",
                table: "LogOpenings",
                column: "JurisdictionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MailCodes_JurisdictionId_PersonId_CreatedAt",
                table: "MailCodes",
                columns: new[] { "JurisdictionId", "PersonId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_MemberPresences_JurisdictionId_MemberId",
                table: "MemberPresences",
                columns: new[] { "JurisdictionId", "MemberId" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MemberPresences_MemberId_All",
                table: "MemberPresences",
                columns: new[] { "JurisdictionId", "MemberId" });

            migrationBuilder.CreateIndex(
                name: "IX_NearbyHelpers_JurisdictionId_PersonId",
                table: "NearbyHelpers",
                columns: new[] { "JurisdictionId", "PersonId" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_NearbyHelpers_JurisdictionId_PublicCode",
                table: "NearbyHelpers",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NearbyHelpers_PersonId_All",
                table: "NearbyHelpers",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_JurisdictionId_Day",
                table: "Notices",
                columns: new[] { "JurisdictionId", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_JurisdictionId_PersonId_IsRead_ShownFrom",
                table: "Notices",
                columns: new[] { "JurisdictionId", "PersonId", "IsRead", "ShownFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_OldPasswords_AccountId",
                table: "OldPasswords",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_JurisdictionId_PersonId_Cause",
                table: "OutgoingMails",
                columns: new[] { "JurisdictionId", "PersonId", "Cause" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_State_NotBefore",
                table: "OutgoingMails",
                columns: new[] { "State", "NotBefore" });

            migrationBuilder.CreateIndex(
                name: "IX_PasskeyChallenges_AccountId",
                table: "PasskeyChallenges",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Passkeys_AccountId",
                table: "Passkeys",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Passkeys_CredentialId",
                table: "Passkeys",
                column: "CredentialId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_People_AccountId",
                table: "People",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_People_JurisdictionId_AccountId",
                table: "People",
                columns: new[] { "JurisdictionId", "AccountId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_People_JurisdictionId_IdentityIndex",
                table: "People",
                columns: new[] { "JurisdictionId", "IdentityIndex" });

            migrationBuilder.CreateIndex(
                name: "IX_People_JurisdictionId_PhoneIndex",
                table: "People",
                columns: new[] { "JurisdictionId", "PhoneIndex" });

            migrationBuilder.CreateIndex(
                name: "IX_People_JurisdictionId_PublicCode",
                table: "People",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PersonEmails_JurisdictionId_PersonId",
                table: "PersonEmails",
                columns: new[] { "JurisdictionId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PhoneCodes_ClientIndex_CreatedAt",
                table: "PhoneCodes",
                columns: new[] { "ClientIndex", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PhoneCodes_NumberIndex_CreatedAt",
                table: "PhoneCodes",
                columns: new[] { "NumberIndex", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Posts_JurisdictionId_ConfirmedById",
                table: "Posts",
                columns: new[] { "JurisdictionId", "ConfirmedById" });

            migrationBuilder.CreateIndex(
                name: "IX_Posts_JurisdictionId_PersonId",
                table: "Posts",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_Posts_JurisdictionId_ProposedById",
                table: "Posts",
                columns: new[] { "JurisdictionId", "ProposedById" });

            migrationBuilder.CreateIndex(
                name: "IX_Posts_JurisdictionId_PublicCode",
                table: "Posts",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Posts_JurisdictionId_State",
                table: "Posts",
                columns: new[] { "JurisdictionId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_RecoveryCodes_AccountId",
                table: "RecoveryCodes",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Referrals_JurisdictionId_ClosedByPostId",
                table: "Referrals",
                columns: new[] { "JurisdictionId", "ClosedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_Referrals_JurisdictionId_PublicCode",
                table: "Referrals",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Referrals_JurisdictionId_State_DueOn",
                table: "Referrals",
                columns: new[] { "JurisdictionId", "State", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PlanDrafts_JurisdictionId_AdoptedByPostId",
                table: "PlanDrafts",
                columns: new[] { "JurisdictionId", "AdoptedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_PlanDrafts_JurisdictionId_Name",
                table: "PlanDrafts",
                columns: new[] { "JurisdictionId", "Name" },
                unique: true,
                filter: "\"State\" = 'Kept'");

            migrationBuilder.CreateIndex(
                name: "IX_PlanDrafts_JurisdictionId_PublicCode",
                table: "PlanDrafts",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PlanDrafts_JurisdictionId_State",
                table: "PlanDrafts",
                columns: new[] { "JurisdictionId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStatements_JurisdictionId_CheckedByPostId",
                table: "ReportStatements",
                columns: new[] { "JurisdictionId", "CheckedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStatements_JurisdictionId_PublicCode",
                table: "ReportStatements",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReportStatements_JurisdictionId_SignedByPostId",
                table: "ReportStatements",
                columns: new[] { "JurisdictionId", "SignedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStatements_JurisdictionId_State",
                table: "ReportStatements",
                columns: new[] { "JurisdictionId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStatements_JurisdictionId_WithdrawnByPostId",
                table: "ReportStatements",
                columns: new[] { "JurisdictionId", "WithdrawnByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_AppealId_All",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_AppealId",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "AppealId" },
                unique: true,
                filter: "\"AppealId\" IS NOT NULL AND \"State\" NOT IN ('Withdrawn', 'Dropped')");

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_CheckedByPostId",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "CheckedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_ConsentTakenByPostId",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "ConsentTakenByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_HouseholdId",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "HouseholdId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_PublicCode",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_State",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_SubjectId",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "SubjectId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_ThanksId",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "ThanksId" },
                unique: true,
                filter: "\"ThanksId\" IS NOT NULL AND \"State\" NOT IN ('Withdrawn', 'Dropped')");

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_JurisdictionId_WrittenByPostId",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "WrittenByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportStories_ThanksId_All",
                table: "ReportStories",
                columns: new[] { "JurisdictionId", "ThanksId" });

            migrationBuilder.CreateIndex(
                name: "IX_SearchRows_JurisdictionId_RowTable_RowId",
                table: "SearchRows",
                columns: new[] { "JurisdictionId", "RowTable", "RowId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SeatDuties_JurisdictionId_SeatId",
                table: "SeatDuties",
                columns: new[] { "JurisdictionId", "SeatId" });

            migrationBuilder.CreateIndex(
                name: "IX_Seats_BuildingId_All",
                table: "Seats",
                columns: new[] { "JurisdictionId", "BuildingId" });

            migrationBuilder.CreateIndex(
                name: "IX_Seats_JurisdictionId_BodyId",
                table: "Seats",
                columns: new[] { "JurisdictionId", "BodyId" });

            migrationBuilder.CreateIndex(
                name: "IX_Seats_JurisdictionId_BodyId_Kind",
                table: "Seats",
                columns: new[] { "JurisdictionId", "BodyId", "Kind" },
                unique: true,
                filter: "\"To\" IS NULL AND \"Kind\" = 'Head'");

            migrationBuilder.CreateIndex(
                name: "IX_Seats_JurisdictionId_BodyId_PersonId_Kind",
                table: "Seats",
                columns: new[] { "JurisdictionId", "BodyId", "PersonId", "Kind" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Seats_JurisdictionId_BuildingId",
                table: "Seats",
                columns: new[] { "JurisdictionId", "BuildingId" },
                unique: true,
                filter: "\"To\" IS NULL AND \"BuildingId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Seats_JurisdictionId_Of_Kind_From",
                table: "Seats",
                columns: new[] { "JurisdictionId", "Of", "Kind", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Seats_JurisdictionId_PersonId",
                table: "Seats",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_Seats_JurisdictionId_PublicCode",
                table: "Seats",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Seats_JurisdictionId_TermId",
                table: "Seats",
                columns: new[] { "JurisdictionId", "TermId" });

            migrationBuilder.CreateIndex(
                name: "IX_ServicePoints_JurisdictionId_Name",
                table: "ServicePoints",
                columns: new[] { "JurisdictionId", "Name" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ServicePoints_JurisdictionId_PublicCode",
                table: "ServicePoints",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SignInSessions_AccountId",
                table: "SignInSessions",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_SignInSessions_TokenHash",
                table: "SignInSessions",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StatedChanges_JurisdictionId_BuildingId_EntranceId_Room",
                table: "StatedChanges",
                columns: new[] { "JurisdictionId", "BuildingId", "EntranceId", "Room" });

            migrationBuilder.CreateIndex(
                name: "IX_StatedChanges_JurisdictionId_EntranceId",
                table: "StatedChanges",
                columns: new[] { "JurisdictionId", "EntranceId" });

            migrationBuilder.CreateIndex(
                name: "IX_StatedChanges_JurisdictionId_HouseholdId",
                table: "StatedChanges",
                columns: new[] { "JurisdictionId", "HouseholdId" });

            migrationBuilder.CreateIndex(
                name: "IX_StatedChanges_JurisdictionId_PostId",
                table: "StatedChanges",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_StatedChanges_JurisdictionId_PriorId",
                table: "StatedChanges",
                columns: new[] { "JurisdictionId", "PriorId" });

            migrationBuilder.CreateIndex(
                name: "IX_StatedChanges_JurisdictionId_PublicCode",
                table: "StatedChanges",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StatedChanges_JurisdictionId_State_DueOn",
                table: "StatedChanges",
                columns: new[] { "JurisdictionId", "State", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_StatedChanges_JurisdictionId_StatedById",
                table: "StatedChanges",
                columns: new[] { "JurisdictionId", "StatedById" });

            migrationBuilder.CreateIndex(
                name: "IX_StoredFiles_JurisdictionId_AddedByPostId",
                table: "StoredFiles",
                columns: new[] { "JurisdictionId", "AddedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_StoredFiles_JurisdictionId_HiddenByPostId",
                table: "StoredFiles",
                columns: new[] { "JurisdictionId", "HiddenByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_StoredFiles_JurisdictionId_PublicCode",
                table: "StoredFiles",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StoredFiles_JurisdictionId_SubjectId_Number",
                table: "StoredFiles",
                columns: new[] { "JurisdictionId", "SubjectId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StreetCorrections_JurisdictionId_PublicCode",
                table: "StreetCorrections",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StreetMaps_JurisdictionId_PublicCode",
                table: "StreetMaps",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tenancies_HouseholdId_All",
                table: "Tenancies",
                columns: new[] { "JurisdictionId", "HouseholdId" });

            migrationBuilder.CreateIndex(
                name: "IX_Tenancies_JurisdictionId_HouseholdId",
                table: "Tenancies",
                columns: new[] { "JurisdictionId", "HouseholdId" },
                unique: true,
                filter: "\"EndedOn\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tenancies_JurisdictionId_LandlordId",
                table: "Tenancies",
                columns: new[] { "JurisdictionId", "LandlordId" });

            migrationBuilder.CreateIndex(
                name: "IX_Tenancies_JurisdictionId_PublicCode",
                table: "Tenancies",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tenancies_JurisdictionId_Until",
                table: "Tenancies",
                columns: new[] { "JurisdictionId", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_AppealId",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "AppealId" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_AppealId_GiverId",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "AppealId", "GiverId" },
                unique: true,
                filter: "\"AppealId\" IS NOT NULL AND \"GiverId\" IS NOT NULL AND \"State\" NOT IN ('Withdrawn', 'Rejected')");

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_BodyId",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "BodyId" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_EnteredByPostId",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "EnteredByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_GiverId",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "GiverId" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_GridId",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "GridId" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_PostId",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "PostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_PublicCode",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "PublicCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_ReceivedOn",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "ReceivedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_ReviewedByPostId",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "ReviewedByPostId" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksRecords_JurisdictionId_State",
                table: "ThanksRecords",
                columns: new[] { "JurisdictionId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksTo_JurisdictionId_PersonId",
                table: "ThanksTo",
                columns: new[] { "JurisdictionId", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_ThanksTo_JurisdictionId_ThanksId_PersonId",
                table: "ThanksTo",
                columns: new[] { "JurisdictionId", "ThanksId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ViewHours_JurisdictionId_Hour",
                table: "ViewHours",
                columns: new[] { "JurisdictionId", "Hour" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ViewPurges_JurisdictionId_Before",
                table: "ViewPurges",
                columns: new[] { "JurisdictionId", "Before" });

            migrationBuilder.CreateIndex(
                name: "IX_ViewRecords_JurisdictionId_Hour",
                table: "ViewRecords",
                columns: new[] { "JurisdictionId", "Hour" });

            migrationBuilder.CreateIndex(
                name: "IX_ViewRecords_JurisdictionId_SubjectId_At",
                table: "ViewRecords",
                columns: new[] { "JurisdictionId", "SubjectId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Absences");

            migrationBuilder.DropTable(
                name: "AcceptedOperations");

            migrationBuilder.DropTable(
                name: "AccountKeys");

            migrationBuilder.DropTable(
                name: "AccountPlaces");

            migrationBuilder.DropTable(
                name: "AdoptedMethods");

            migrationBuilder.DropTable(
                name: "AppealAbouts");

            migrationBuilder.DropTable(
                name: "AppealAnswers");

            migrationBuilder.DropTable(
                name: "AppealJoints");

            migrationBuilder.DropTable(
                name: "AppealNotes");

            migrationBuilder.DropTable(
                name: "AppealOrders");

            migrationBuilder.DropTable(
                name: "AppealPublications");

            migrationBuilder.DropTable(
                name: "AppealReferrals");

            migrationBuilder.DropTable(
                name: "AppealReturns");

            migrationBuilder.DropTable(
                name: "AppealUrgencies");

            migrationBuilder.DropTable(
                name: "BodyPlaces");

            migrationBuilder.DropTable(
                name: "Callbacks");

            migrationBuilder.DropTable(
                name: "CircleLines");

            migrationBuilder.DropTable(
                name: "ColumnTies");

            migrationBuilder.DropTable(
                name: "DataRequests");

            migrationBuilder.DropTable(
                name: "DeadLetters");

            migrationBuilder.DropTable(
                name: "Deaths");

            migrationBuilder.DropTable(
                name: "DisclosureDuties");

            migrationBuilder.DropTable(
                name: "DisclosureObjections");

            migrationBuilder.DropTable(
                name: "DisclosureTexts");

            migrationBuilder.DropTable(
                name: "EmergencyAccesses");

            migrationBuilder.DropTable(
                name: "Erasures");

            migrationBuilder.DropTable(
                name: "FeedbackAnswers");

            migrationBuilder.DropTable(
                name: "FileBytes");

            migrationBuilder.DropTable(
                name: "FlatOwners");

            migrationBuilder.DropTable(
                name: "FrozenFigures");

            migrationBuilder.DropTable(
                name: "GridBuildings");

            migrationBuilder.DropTable(
                name: "GridOutlines");

            migrationBuilder.DropTable(
                name: "Guardianships");

            migrationBuilder.DropTable(
                name: "HarmReports");

            migrationBuilder.DropTable(
                name: "HiddenTexts");

            migrationBuilder.DropTable(
                name: "Honours");

            migrationBuilder.DropTable(
                name: "ImportedRows");

            migrationBuilder.DropTable(
                name: "Journal");

            migrationBuilder.DropTable(
                name: "KeptFiles");

            migrationBuilder.DropTable(
                name: "LedgerImports");

            migrationBuilder.DropTable(
                name: "LedgerLayouts");

            migrationBuilder.DropTable(
                name: "LedgerUploads");

            migrationBuilder.DropTable(
                name: "ListExports");

            migrationBuilder.DropTable(
                name: "LocalReasons");

            migrationBuilder.DropTable(
                name: "LocalRules");

            migrationBuilder.DropTable(
                name: "LogEpochs");

            migrationBuilder.DropTable(
                name: "LogGroups");

            migrationBuilder.DropTable(
                name: "LogHeads");

            migrationBuilder.DropTable(
                name: "LogNodes");

            migrationBuilder.DropTable(
                name: "LogOpenings");

            migrationBuilder.DropTable(
                name: "MailCodes");

            migrationBuilder.DropTable(
                name: "MemberPresences");

            migrationBuilder.DropTable(
                name: "NearbyHelpers");

            migrationBuilder.DropTable(
                name: "NoticeChoices");

            migrationBuilder.DropTable(
                name: "Notices");

            migrationBuilder.DropTable(
                name: "OldPasswords");

            migrationBuilder.DropTable(
                name: "OutgoingMails");

            migrationBuilder.DropTable(
                name: "PasskeyChallenges");

            migrationBuilder.DropTable(
                name: "Passkeys");

            migrationBuilder.DropTable(
                name: "PersonEmails");

            migrationBuilder.DropTable(
                name: "PhoneCodes");

            migrationBuilder.DropTable(
                name: "RecoveryCodes");

            migrationBuilder.DropTable(
                name: "Referrals");

            migrationBuilder.DropTable(
                name: "PlanDrafts");

            migrationBuilder.DropTable(
                name: "ReportStatements");

            migrationBuilder.DropTable(
                name: "ReportStories");

            migrationBuilder.DropTable(
                name: "SearchRows");

            migrationBuilder.DropTable(
                name: "SeatDuties");

            migrationBuilder.DropTable(
                name: "ServicePoints");

            migrationBuilder.DropTable(
                name: "SignInCounters");

            migrationBuilder.DropTable(
                name: "SignInSessions");

            migrationBuilder.DropTable(
                name: "StatedChanges");

            migrationBuilder.DropTable(
                name: "StoredFiles");

            migrationBuilder.DropTable(
                name: "StreetCorrections");

            migrationBuilder.DropTable(
                name: "StreetMaps");

            migrationBuilder.DropTable(
                name: "SubjectKeys");

            migrationBuilder.DropTable(
                name: "Tenancies");

            migrationBuilder.DropTable(
                name: "ThanksTo");

            migrationBuilder.DropTable(
                name: "ViewHours");

            migrationBuilder.DropTable(
                name: "ViewPurges");

            migrationBuilder.DropTable(
                name: "ViewRecords");

            migrationBuilder.DropTable(
                name: "WitnessedLogs");

            migrationBuilder.DropTable(
                name: "AppealVerdicts");

            migrationBuilder.DropTable(
                name: "CallbackRounds");

            migrationBuilder.DropTable(
                name: "CircleReadings");

            migrationBuilder.DropTable(
                name: "Disclosures");

            migrationBuilder.DropTable(
                name: "FeedbackNotes");

            migrationBuilder.DropTable(
                name: "ClosedPeriods");

            migrationBuilder.DropTable(
                name: "HouseholdMembers");

            migrationBuilder.DropTable(
                name: "Seats");

            migrationBuilder.DropTable(
                name: "ThanksRecords");

            migrationBuilder.DropTable(
                name: "AppealJoins");

            migrationBuilder.DropTable(
                name: "Households");

            migrationBuilder.DropTable(
                name: "BodyTerms");

            migrationBuilder.DropTable(
                name: "Appeals");

            migrationBuilder.DropTable(
                name: "Entrances");

            migrationBuilder.DropTable(
                name: "Bodies");

            migrationBuilder.DropTable(
                name: "Grids");

            migrationBuilder.DropTable(
                name: "Posts");

            migrationBuilder.DropTable(
                name: "Buildings");

            migrationBuilder.DropTable(
                name: "People");

            migrationBuilder.DropTable(
                name: "Compounds");

            migrationBuilder.DropTable(
                name: "Accounts");

            migrationBuilder.DropTable(
                name: "Jurisdictions");
        }
    }
}
