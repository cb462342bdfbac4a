using Hele.Civic.Platform.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// Gives every <see cref="Owned"/> type the key (JurisdictionId, Id) and turns every reference between owned types into
/// (JurisdictionId, XId) → (JurisdictionId, Id), Restrict. Modules write ordinary one-column references; the fence is made here, once.
/// </summary>
public sealed class JurisdictionKeyConvention : IModelFinalizingConvention
{
    private const string Jurisdiction = nameof(Owned.JurisdictionId);
    private const string Id = nameof(Owned.Id);

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        var model = (IMutableModel)modelBuilder.Metadata;
        var owned = model.GetEntityTypes().Where(e => typeof(Owned).IsAssignableFrom(e.ClrType)).ToList();

        foreach (var type in model.GetEntityTypes().Where(e => e.IsOwned() || e.HasSharedClrType))
            throw new InvalidOperationException($"{type.DisplayName()}: owned or shared types have no table of their own here; make a real entity or a JSON column.");

        var references = new List<(IMutableForeignKey Key, bool Required, DeleteBehavior Delete)>();
        foreach (var type in model.GetEntityTypes())
        {
            foreach (var key in type.GetForeignKeys().ToList())
            {
                var from = owned.Contains(type);
                var to = owned.Contains(key.PrincipalEntityType);
                if (to && !from)
                    throw new InvalidOperationException($"{type.DisplayName()} belongs to no jurisdiction but points to {key.PrincipalEntityType.DisplayName()}, which does.");
                if (!from || !to)
                    continue;
                if (key.Properties.Count != 1 || !key.PrincipalKey.IsPrimaryKey())
                    throw new InvalidOperationException($"{type.DisplayName()}: a reference between owned types has one column and points to the primary key.");
                references.Add((key, key.IsRequired, key.DeleteBehavior == DeleteBehavior.SetNull ? DeleteBehavior.ClientSetNull : DeleteBehavior.Restrict));
            }
        }

        var oldKeys = owned.ToDictionary(t => t, t => t.FindPrimaryKey());
        foreach (var type in owned)
        {
            var key = type.SetPrimaryKey([type.FindProperty(Jurisdiction)!, type.FindProperty(Id)!])!;
            foreach (var property in key.Properties)
                property.ValueGenerated = ValueGenerated.Never;
        }

        foreach (var (key, required, delete) in references)
        {
            var dependent = key.DeclaringEntityType;
            var column = key.Properties[0];
            key.SetProperties([dependent.FindProperty(Jurisdiction)!, column], key.PrincipalEntityType.FindPrimaryKey()!);
            key.IsRequired = required;
            key.DeleteBehavior = delete;
            // Some index that isn't partial must lead from the referred to the referring: EF is content with a partial one, and then no database finds a matter's rows without reading everybody's.
            if (!dependent.GetIndexes().Any(i => i.GetFilter() is null && i.Properties.Take(2).SequenceEqual(key.Properties)))
                _ = dependent.FindIndex(key.Properties) is null ? dependent.AddIndex(key.Properties) : dependent.AddIndex(key.Properties, $"IX_{dependent.GetTableName()}_{column.Name}_All");
        }

        foreach (var (type, old) in oldKeys)
        {
            // Without this a stray UNIQUE(Id) stays behind, and with it a key that ignores the jurisdiction.
            if (old is not null && old.Properties.Count == 1 && !old.IsPrimaryKey())
                type.RemoveKey(old);

            var jurisdiction = model.FindEntityType(typeof(Jurisdiction))!;
            if (!type.GetForeignKeys().Any(f => f.PrincipalEntityType == jurisdiction))
            {
                var key = type.AddForeignKey(type.FindProperty(Jurisdiction)!, jurisdiction.FindPrimaryKey()!, jurisdiction);
                key.DeleteBehavior = DeleteBehavior.Restrict;
                key.IsRequired = true;
            }
        }
    }
}
