using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// A query compiled once per model. EF's own compiled queries belong to the first model that runs them, and here are two: one per database.
/// For the few questions that every act of a kind asks; an ordinary query costs several times its own run in being looked up.
/// </summary>
/// <param name="compile">Calls <c>EF.CompileAsyncQuery</c> with an expression over <see cref="HeleDb"/>.</param>
public sealed class Compiled<TQuery>(Func<TQuery> compile) where TQuery : class
{
    private readonly ConditionalWeakTable<IModel, TQuery> _byModel = [];

    public TQuery For(HeleDb db) => _byModel.GetValue(db.Model, _ => compile());
}
