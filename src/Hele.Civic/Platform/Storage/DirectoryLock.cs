namespace Hele.Civic.Platform.Storage;

/// <summary>
/// One process owns a data directory: an operating-system lock on <c>hele.lock</c>, gone with the process however it ends. Commands that write
/// take it; verify, figures, report and health read without it.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="StartupException">Another process has the directory.</exception>
    public static DirectoryLock Take(StorageOptions options)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var path = Path.Combine(options.DataDirectory, "hele.lock");
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure)
        {
            throw new StartupException(($"另一个和乐进程正在使用 {options.DataDirectory}。请先停下它；两个进程绝不能写同一个目录。", $"Another Hele process is using {options.DataDirectory}. Stop it first; two must never write one directory."), failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
