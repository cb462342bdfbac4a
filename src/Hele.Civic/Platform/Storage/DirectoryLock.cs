namespace Hele.Civic.Platform.Storage;

/// <summary>
/// One process owns a data directory: an operating-system lock on <c>hele.lock</c>, gone with the process however it ends. Commands that write
/// take it; verify, figures, report and health read without it.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="DirectoryHeldException">Another process has the directory.</exception>
    /// <exception cref="StartupException">It can't be written.</exception>
    public static DirectoryLock Take(StorageOptions options)
    {
        var path = Path.Combine(options.DataDirectory, "hele.lock");
        try
        {
            PrivateFile.Folder(options.DataDirectory);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            try
            {
                // Says who has it, and shows that something can be written here at all.
                file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
                return new DirectoryLock(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException || StorageTrouble.Of(failure) is not null)
        {
            var (reason, remedy) = StorageTrouble.Of(failure) is { } trouble ? (trouble.Reason, trouble.Remedy)
                : (new Kernel.Bilingual("没有写的权限", "this user may not write it"), new Kernel.Bilingual("请用拥有这个目录的用户启动。", "Start as the user who owns it."));
            throw new StartupException(($"{options.DataDirectory} 写不进去：{reason.Zh}。{remedy.Zh}", $"{options.DataDirectory} can't be written: {reason.En}. {remedy.En}"), failure);
        }
        catch (IOException failure)
        {
            throw new DirectoryHeldException(($"另一个和乐进程正在使用 {options.DataDirectory}。请先停下它；两个进程绝不能写同一个目录。", $"Another Hele process is using {options.DataDirectory}. Stop it first; two must never write one directory."), failure);
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Another process has the directory.</summary>
public sealed class DirectoryHeldException(Kernel.Bilingual sentence, Exception inner) : StartupException(sentence, inner);
