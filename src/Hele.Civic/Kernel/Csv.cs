using System.Globalization;
using System.Text;

namespace Hele.Civic.Kernel;

/// <summary>
/// Comma-separated values as RFC 4180 has them: quoted fields, doubled quotes, line ends inside quotes. A leading byte-order mark
/// is dropped (spreadsheets write one) and LF alone is a line end. Blank lines are skipped.
/// </summary>
public static class Csv
{
    /// <summary>
    /// A cell to be written: quoted where it must be, and with a quotation mark before what a spreadsheet would take for a formula
    /// (OWASP, CSV injection). Numbers stay numbers.
    /// </summary>
    public static string Cell(string? text)
    {
        text ??= "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' && !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n\t'") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    /// <summary>The rows of a file under its header line, each cell by its column's name.</summary>
    /// <exception cref="FormatException">No header, a doubled column, a row with too few or too many cells, or broken quoting.</exception>
    public static IReadOnlyList<CsvRow> Load(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        return Rows(reader, System.IO.Path.GetFileName(path));
    }

    /// <inheritdoc cref="Load"/>
    public static IReadOnlyList<CsvRow> Rows(TextReader reader, string name = "csv")
    {
        Dictionary<string, int>? columns = null;
        var rows = new List<CsvRow>();
        foreach (var (cells, line) in Read(reader, name))
        {
            if (columns is null)
            {
                columns = new(StringComparer.Ordinal);
                for (var i = 0; i < cells.Length; i++)
                {
                    if (!columns.TryAdd(cells[i], i))
                    {
                        throw new FormatException($"{name}: the column {cells[i]} appears twice.");
                    }
                }
            }
            else if (cells.Length != columns.Count)
            {
                throw new FormatException($"{name}, line {line}: {cells.Length} cells where the header has {columns.Count}.");
            }
            else
            {
                rows.Add(new CsvRow(columns, cells, name, line));
            }
        }

        return columns is null ? throw new FormatException($"{name}: no header line.") : rows;
    }

    /// <summary>The bare cells of each line, with the number of the line (from 1) on which the record starts.</summary>
    /// <param name="separator">What stands between the cells; a spreadsheet writes a tab or a semicolon where people told it to.</param>
    public static IEnumerable<(string[] Cells, int Line)> Read(TextReader reader, string name = "csv", char separator = ',')
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, start, quoted, wasQuoted, any) = (1, 1, false, false, false);
        for (var c = reader.Read(); ; c = reader.Read())
        {
            if (quoted)
            {
                if (c < 0)
                {
                    throw new FormatException($"{name}, line {start}: a quote is never closed.");
                }

                if (c != '"')
                {
                    line += c == '\n' ? 1 : 0;
                    cell.Append((char)c);
                }
                else if (reader.Peek() == '"')
                {
                    cell.Append((char)reader.Read());
                }
                else
                {
                    quoted = false;
                }

                continue;
            }

            // CR is a line end only before LF, so a bare one survives a round trip by being quoted.
            if (c == '\r' && reader.Peek() == '\n')
            {
                continue;
            }

            if (c is '\n' or < 0)
            {
                if (any)
                {
                    cells.Add(cell.ToString());
                    yield return (cells.ToArray(), start);
                    cells.Clear();
                    cell.Clear();
                }

                if (c < 0)
                {
                    yield break;
                }

                (start, any, wasQuoted) = (++line, false, false);
            }
            else if (c == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
                (any, wasQuoted) = (true, false);
            }
            else if (c == '"' && cell.Length == 0 && !wasQuoted)
            {
                (quoted, wasQuoted, any) = (true, true, true);
            }
            else if (c == '\uFEFF' && !any && line == 1)
            {
                // The byte-order mark.
            }
            else if (c == '"' || wasQuoted)
            {
                throw new FormatException($"{name}, line {line}: a quote in the middle of a cell.");
            }
            else
            {
                cell.Append((char)c);
                any = true;
            }
        }
    }

    /// <summary>One record without its line end; cells are quoted only where they must be.</summary>
    public static string Line(params IEnumerable<string> cells) => string.Join(',', cells.Select(Quote)) is var line && line.Length > 0 ? line : "\"\"";

    /// <summary>A cell that a spreadsheet shows and never runs: what begins like a formula gets an apostrophe before it.</summary>
    public static string Shown(string? cell) => cell is null or "" ? "" : cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + cell : cell;

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny("\",\r\n\uFEFF") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";
}

/// <summary>One record; a cell is asked for by its column's name.</summary>
public sealed class CsvRow(IReadOnlyDictionary<string, int> columns, string[] cells, string file, int line)
{
    /// <summary>The line of the file on which the record starts, from 1.</summary>
    public int LineNumber => line;

    /// <summary>The cell, trimmed of nothing; empty when the cell is empty.</summary>
    /// <exception cref="FormatException">There is no such column.</exception>
    public string this[string column] =>
        columns.TryGetValue(column, out var i) ? cells[i] : throw new FormatException($"{file} has no column {column}.");

    /// <summary>The cell as something else; what goes wrong names the file, the line and the column.</summary>
    public T Get<T>(string column, Func<string, T> parse)
    {
        try
        {
            return parse(this[column]);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or KeyNotFoundException)
        {
            throw new FormatException($"{file}, line {line}, column {column}: {e.Message}", e);
        }
    }

    /// <summary>A date as <c>yyyy-MM-dd</c>, or null for an empty cell.</summary>
    public DateOnly? Date(string column) =>
        this[column].Length == 0 ? null : Get(column, text => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
}
