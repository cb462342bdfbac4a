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
        Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes a folder that nobody else may look into, where it isn't there yet; those above it, too, up to the first that is.</summary>
    public static void Folder(string path)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } above)
            Folder(above);
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>An empty file for somebody else to fill, from its first byte nobody else's to read.</summary>
    public static void Make(string path) => new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();

    /// <summary>Makes the names in a directory last: a key whose name was lost with the power would take everything sealed under it along.</summary>
    private static void Sync(string directory)
    {
        var descriptor = Open(System.Text.Encoding.UTF8.GetBytes(directory + "\0"), CloseOnExec);
        if (descriptor < 0)
            throw new IOException($"{directory} can't be opened.", System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
        try
        {
            if (FSync(descriptor) != 0)
                throw new IOException($"{directory} can't be synced.", System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private const int CloseOnExec = 0x80000;

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "open", SetLastError = true), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "fsync", SetLastError = true), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "close"), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
