using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Imports;

/// <summary>Everything an import can refuse as a whole. What is wrong with one row is a <see cref="Remark"/>.</summary>
public static class ImportProblems
{
    public static readonly Problem NotFound = new("import.not-found", ("没有找到。", "Not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem FileMissing = new("import.file-missing", ("请选择要导入的文件（.xlsx或.csv）。", "Choose the file to import (.xlsx or .csv)."), "File");
    public static readonly Problem FileEmpty = new("import.file-empty", ("这个文件是空的，没有可以导入的内容。", "The file is empty: there is nothing to import."), "File");
    public static readonly Problem FileTooLarge = new("import.file-too-large", ("文件最大{0}MB。请删去图片和用不到的工作表，或者分成几个文件导入。", "A file has at most {0} MB. Remove pictures and sheets that aren't needed, or import it in several files."), "File");
    public static readonly Problem OldExcel = new("import.old-excel", ("这是旧格式的Excel文件（.xls），读不了。请用Excel或WPS打开它，选“文件”→“另存为”，类型选“Excel工作簿（*.xlsx）”，再上传另存的文件。",
        "This is an Excel file of the old form (.xls), which can't be read. Open it in Excel or WPS, choose File → Save as, type “Excel workbook (*.xlsx)”, and upload that."), "File");
    public static readonly Problem Locked = new("import.locked", ("这个文件设了打开密码，读不了。请在Excel里选“文件”→“信息”→“保护工作簿”，去掉密码后另存，再上传。", "The file is protected by a password. Take it off in Excel (File → Info → Protect workbook), save, and upload it again."), "File");
    public static readonly Problem HasMacros = new("import.has-macros", ("带宏的文件（.xlsm、.xlsb）不能导入。请另存为“Excel工作簿（*.xlsx）”再上传。", "Files with macros (.xlsm, .xlsb) aren't taken. Save it as “Excel workbook (*.xlsx)” and upload that."), "File");
    public static readonly Problem NotASheet = new("import.not-a-sheet", ("这不是表格文件。可以导入的是.xlsx和.csv；如果是别的格式，请在Excel或WPS里另存为.xlsx。", "This is no spreadsheet. What can be imported is .xlsx and .csv; save anything else as .xlsx first."), "File");
    public static readonly Problem Damaged = new("import.damaged", ("文件已损坏或者不完整，读不出来。请在Excel或WPS里打开看一看，另存一份再上传。", "The file is damaged or incomplete. Open it in Excel or WPS, save a copy, and upload that."), "File");
    public static readonly Problem Inflated = new("import.inflated", ("文件解开后太大（超过{0}MB），不像是台账，没有读。请只留要导入的工作表，另存后再上传。", "Unpacked the file is too large (over {0} MB) for a ledger; it wasn't read. Keep only the sheet to be imported and save it anew."), "File");
    public static readonly Problem TooManyRows = new("import.too-many-rows", ("一张表最多{0}行。请分成几个文件导入。", "A sheet has at most {0} rows. Import it in several files."), "File");
    public static readonly Problem TooManyColumns = new("import.too-many-columns", ("一张表最多{0}列，工作表“{1}”里有更多。请删去右边用不到的列。", "A sheet has at most {0} columns; “{1}” has more. Delete those on the right that aren't needed."), "File");
    public static readonly Problem CellTooLong = new("import.cell-too-long", ("工作表“{0}”第{1}行有一格超过{2}个字，不像是台账的内容。", "In “{0}”, row {1}, a cell has more than {2} characters, which no ledger needs."), "File");
    public static readonly Problem BadText = new("import.bad-text", ("这个.csv文件的文字认不出来（既不是UTF-8也不是GB18030），或者引号没有配对。请在Excel或WPS里另存为.xlsx再上传。",
        "The text of this .csv can't be read (neither UTF-8 nor GB18030), or a quote is never closed. Save it as .xlsx in Excel or WPS and upload that."), "File");
    public static readonly Problem LedgerMissing = new("import.ledger-missing", ("请选择导入哪一种台账。", "Choose which ledger it is."), "Ledger");
    public static readonly Problem NoHeadings = new("import.no-headings", ("这张工作表里没有找到标题行和数据。请换一张工作表，或写明标题在第几行。", "No headings and rows were found in this sheet. Choose another, or say in which row the headings stand."), "Heading");
    public static readonly Problem NoRows = new("import.no-rows", ("标题行下面没有数据。", "There are no rows below the headings."), "Heading");
    public static readonly Problem ColumnMissing = new("import.column-missing", ("还没有指明哪一列是“{0}”，没有它不能导入。", "Say which column is “{0}”: it can't be imported without."), "Columns");
    public static readonly Problem ColumnTwice = new("import.column-twice", ("有两列都指明为“{0}”，请只留一列。", "Two columns are both given as “{0}”; keep one."), "Columns");
    public static readonly Problem RowsWrong = new("import.rows-wrong", ("有{0}行不对，没有导入：要么全部导入，要么一行也不导入。第一处是第{1}行：{2}", "{0} rows are wrong, so nothing was imported: it is all or nothing. The first is row {1}: {2}"), Kind: ProblemKind.Conflict);
    public static readonly Problem QuestionsOpen = new("import.questions-open", ("有{0}行还没有回答是不是同一个人。", "{0} rows still ask whether it is the same person."), "Answers");
    public static readonly Problem NothingNew = new("import.nothing-new", ("表里的内容登记册里都已经有了，没有要导入的。", "The register has all of it already; there is nothing to import."), Kind: ProblemKind.Conflict);
    public static readonly Problem RegisterMoved = new("import.register-moved", ("您看过预览以后，登记册有了变化，没有导入。请再看一遍下面新的预览。", "The register has changed since you looked at the preview, so nothing was imported. Please look at the new preview below."), Kind: ProblemKind.Conflict);
    public static readonly Problem Gone = new("import.gone", ("上传的文件只保存一小时，已经清除。请重新上传。", "What is uploaded is kept for an hour only, and this is gone. Please upload it again."), Kind: ProblemKind.Conflict);
    public static readonly Problem AlreadyDone = new("import.already-done", ("这个文件已经导入过了。", "This file has been imported already."), Kind: ProblemKind.Conflict);
    public static readonly Problem Running = new("import.running", ("正在导入，请等它完成。", "It is being imported; please wait."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotHere = new("import.not-here", ("台账导入到社区的登记册，这里不是社区。", "Ledgers are imported into a community's register; this is none."), Kind: ProblemKind.Conflict);

    public static readonly Problem UndoReasonMissing = new("import.undo-reason-missing", ("请写明为什么撤销，最多{0}个字。", "Say why it is undone, at most {0} characters."), "Reason");
    public static readonly Problem UndoneAlready = new("import.undone-already", ("这次导入已经撤销了。", "This import has been undone already."), Kind: ProblemKind.Conflict);
    public static readonly Problem UndoTooLate = new("import.undo-too-late", ("撤销的期限是{0}天，已经过了。请逐条更正。", "An import can be undone for {0} days, which are over. Correct the entries one by one."), Kind: ProblemKind.Conflict);
    public static readonly Problem UndoInTheWay = new("import.undo-in-the-way", ("导入以后有{0}条登记又被改过或用到了，不能整批撤销。下面列出是哪些、谁改的、什么时候。", "{0} of the imported entries were changed or used since, so the import can't be undone as a whole. They are listed below, with who and when."), Kind: ProblemKind.Conflict);
}
