namespace Hele.Civic.Platform.Storage;

/// <summary>Files that only the program's user may read: keys and passwords.</summary>
public static class PrivateFile
{
    /// <summary>Writes a whole file with mode 0600: first beside it, then in its place, so that a crash leaves the old or the new one.</summary>
    public static async Task Write(string path, string text)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        await using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
