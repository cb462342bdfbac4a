using System.Text;
using System.Text.Json.Serialization;

namespace Hele.Civic.Platform.Files;

/// <summary>
/// A photo that was read and made anew, ready for an act. What an operation's input says of it is the hash of the file as it was sent: the same file sent
/// twice is the same input, and nothing else of it is.
/// </summary>
/// <param name="Sha256">Of the file as it was sent, in hex.</param>
public sealed record Photo(string Sha256)
{
    /// <summary>What its sender called it; told to nobody else and not kept with the matter.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    [JsonIgnore]
    public int Width { get; init; }

    [JsonIgnore]
    public int Height { get; init; }

    /// <summary>The JPEG that is kept.</summary>
    [JsonIgnore]
    public byte[] Full { get; init; } = [];

    /// <summary>The same for lists of photos.</summary>
    [JsonIgnore]
    public byte[] Small { get; init; } = [];

    /// <summary>Several of them as bytes, for the half hour in which a refused form is mended.</summary>
    internal static byte[] ToBytes(IReadOnlyList<Photo> photos)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(photos.Count);
            foreach (var photo in photos)
            {
                writer.Write(photo.Sha256);
                writer.Write(photo.Name);
                writer.Write(photo.Width);
                writer.Write(photo.Height);
                writer.Write(photo.Full.Length);
                writer.Write(photo.Full);
                writer.Write(photo.Small.Length);
                writer.Write(photo.Small);
            }
        }
        return stream.ToArray();
    }

    internal static IReadOnlyList<Photo> Of(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new Photo(reader.ReadString())
        {
            Name = reader.ReadString(), Width = reader.ReadInt32(), Height = reader.ReadInt32(), Full = reader.ReadBytes(reader.ReadInt32()), Small = reader.ReadBytes(reader.ReadInt32()),
        })];
    }
}
